#include "cli/progress.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "cli/terminal.hpp"

namespace stampede::cli {
namespace {

constexpr std::chrono::seconds between_plain_lines{10};

std::string describe(std::size_t finished, std::size_t total, double seconds) {
    std::string text = fmt::format("{} of {} runs, {:.0f} s", finished, total, seconds);
    if (finished > 0 && finished < total)
        text += fmt::format(", about {:.0f} s to go",
                            seconds / static_cast<double>(finished) * static_cast<double>(total - finished));
    return text;
}

}  // namespace

ProgressLine::ProgressLine(bool quiet)
    : manner_(quiet                 ? Manner::silent
              : is_terminal(stderr) ? Manner::drawn
                                    : Manner::plain) {}

ProgressLine::~ProgressLine() {
    if (is_drawn_) std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::show(std::size_t finished, std::size_t total) {
    const Clock::time_point now = Clock::now();
    if (manner_ == Manner::silent || (manner_ == Manner::plain && now - last_ < between_plain_lines)) return;
    last_ = now;
    const std::string text = describe(finished, total, std::chrono::duration<double>(now - begin_).count());
    if (manner_ == Manner::drawn) {
        fmt::print(stderr, "\r\x1b[K{}", text);
        std::fflush(stderr);
        is_drawn_ = true;
    } else {
        fmt::print(stderr, "{}\n", text);
    }
}

}  // namespace stampede::cli
