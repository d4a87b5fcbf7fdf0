#include "cli/output.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "cli/exit.hpp"

namespace stampede::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, int error) {
    throw Stop(Exit::io_error, fmt::format("cannot write {}: {}", path, std::strerror(error)));
}

/// An open file; closed, but not removed, at the end.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool close() { return ::close(std::exchange(number_, -1)) == 0; }

private:
    int number_;
};

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t n = ::write(descriptor, text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

/// Where the bytes go in the end: a link stays a link.
fs::path target_of(const std::string& path) {
    std::error_code ignored;
    const fs::path target = fs::canonical(path, ignored);
    return target.empty() ? fs::path(path) : target;
}

bool is_special(const fs::path& path) {
    std::error_code ignored;
    const fs::file_status status = fs::status(path, ignored);
    return fs::exists(status) && !fs::is_regular_file(status);
}

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

void write_into(const std::string& path, std::string_view text) {
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (file.number() < 0 || !write_all(file.number(), text) || !file.close()) fail(path, errno);
}

/// The mode that a plain `open` would have given, or that of the file that is replaced.
mode_t mode_for(const fs::path& target) {
    struct stat status {};
    if (::stat(target.c_str(), &status) == 0) return status.st_mode & 07777U;
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return 0666U & ~mask;
}

}  // namespace

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void flush_standard_output() {
    errno = 0;
    if (std::fflush(stdout) != 0 || std::ferror(stdout)) fail("standard output", errno == 0 ? EIO : errno);
}

void write_file(const std::string& path, std::string_view text) {
    const fs::path target = target_of(path);
    if (is_special(target)) return write_into(path, text);
    std::string temporary = (folder_of(target) / fmt::format(".{}.XXXXXX", target.filename().string())).string();
    Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (file.number() < 0) fail(path, errno);
    const bool is_written = ::fchmod(file.number(), mode_for(target)) == 0 && write_all(file.number(), text) &&
                            ::fsync(file.number()) == 0 && file.close() &&
                            ::rename(temporary.c_str(), target.c_str()) == 0;
    if (is_written) return;
    const int error = errno;
    ::unlink(temporary.c_str());
    fail(path, error);
}

void check_writable(const std::string& path) {
    const fs::path target = target_of(path);
    if (fs::is_directory(target)) fail(path, EISDIR);
    const fs::path place = is_special(target) ? target : folder_of(target);
    if (::access(place.c_str(), W_OK) != 0) fail(path, errno);
}

}  // namespace stampede::cli
