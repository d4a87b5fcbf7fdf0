#include "cli/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cli/exit.hpp"

namespace stampede::cli {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& why) {
    throw Stop(Exit::io_error, fmt::format("cannot read {}: {}", path, why));
}

std::string read_all(int descriptor, const std::string& path, std::size_t most) {
    std::string text;
    char buffer[1 << 16];
    for (;;) {
        const ssize_t n = ::read(descriptor, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail(path, std::strerror(errno));
        if (n == 0) return text;
        text.append(buffer, static_cast<std::size_t>(n));
        if (text.size() > most) fail(path, fmt::format("it is larger than {} MiB", most >> 20U));
    }
}

}  // namespace

std::string read_file(const std::string& path, std::size_t most) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR))
        throw Stop(Exit::file_not_found, fmt::format("there is no file {}", path));
    if (descriptor < 0) fail(path, std::strerror(errno));
    try {
        std::string text = read_all(descriptor, path, most);
        ::close(descriptor);
        return text;
    } catch (...) {
        ::close(descriptor);
        throw;
    }
}

}  // namespace stampede::cli
