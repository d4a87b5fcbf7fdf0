#include "sim/replications/worker.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <system_error>

#include "sim/replications/archive.hpp"
#include "sim/run.hpp"

namespace stampede::sim {
namespace {

/// What a worker that catches an exception ends with; its message is then what it has written.
constexpr int threw = 70;

/// What two processes can hand over without taking turns. A user may have 64 MiB in pipes altogether, by default.
constexpr int pipe_bytes = 1 << 19;

bool write_all(int descriptor, const std::string& bytes) {
    std::size_t written = 0;
    while (written < bytes.size()) {
        const ssize_t n = ::write(descriptor, bytes.data() + written, bytes.size() - written);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        written += static_cast<std::size_t>(n);
    }
    return true;
}

/// Never returns into the parent's code: no destructor or exit handler of the parent may run twice.
[[noreturn]] void work(const PlannedRun& job, int descriptor, pid_t parent) {
    // The parent decides what an interruption means, and ends its workers. SimGrid sets a handler of its own for SIGINT
    // when its engine is made: what is blocked never reaches it. Without a parent there is nobody to report to.
    sigset_t interruption;
    sigemptyset(&interruption);
    sigaddset(&interruption, SIGINT);
    ::sigprocmask(SIG_BLOCK, &interruption, nullptr);
    std::signal(SIGTERM, SIG_DFL);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) std::_Exit(threw);
    try {
        const Result result = run(*job.scenario, job.seed);
        std::_Exit(write_all(descriptor, encode(result)) ? 0 : threw);
    } catch (const std::bad_alloc&) {
        write_all(descriptor, "out of memory");
    } catch (const std::exception& error) {
        write_all(descriptor, error.what());
    }
    std::_Exit(threw);
}

std::string how_it_ended(int status, const std::string& bytes) {
    if (WIFSIGNALED(status)) {
        const int signal = WTERMSIG(status);
        return "killed by signal " + std::to_string(signal) + " (" + strsignal(signal) + ")";
    }
    if (WEXITSTATUS(status) == threw && !bytes.empty() && bytes.size() < 4096) return bytes;
    if (WEXITSTATUS(status) == 0) return "its result did not arrive whole";
    return "ended with exit code " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

Worker::Worker(const PlannedRun& job) {
    bytes_.reserve(most_results);
    int ends[2];
    if (::pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
    ::fcntl(ends[1], F_SETPIPE_SZ, pipe_bytes);  // advice: who has many pipes may get smaller ones
    const pid_t parent = ::getpid();
    std::fflush(nullptr);  // or the child would write the parent's buffers again
    process_ = ::fork();
    if (process_ < 0) {
        const int error = errno;
        ::close(ends[0]);
        ::close(ends[1]);
        throw std::system_error(error, std::generic_category(), "cannot start a process");
    }
    if (process_ == 0) {
        ::close(ends[0]);
        work(job, ends[1], parent);
    }
    ::close(ends[1]);
    pipe_ = ends[0];
}

Worker::~Worker() {
    if (pipe_ >= 0) ::close(pipe_);
    if (process_ < 0) return;
    ::kill(process_, SIGKILL);
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

bool Worker::pump() {
    char buffer[1 << 16];
    const ssize_t n = ::read(pipe_, buffer, sizeof buffer);
    if (n > 0) bytes_.append(buffer, static_cast<std::size_t>(n));
    return n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN);
}

Replication Worker::finish() {
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        if (auto result = decode(bytes_)) return std::move(*result);
    return Failure{how_it_ended(status, bytes_)};
}

}  // namespace stampede::sim
