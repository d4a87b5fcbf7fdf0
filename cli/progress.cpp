#include "cli/progress.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "cli/terminal.hpp"

namespace stampede::cli {
namespace {

constexpr std::chrono::seconds between_plain_lines{10};

/// "40 s", "12 min", "3.5 h".
std::string duration(double seconds) {
    if (seconds < 120) return fmt::format("{:.0f} s", seconds);
    if (seconds < 7200) return fmt::format("{:.0f} min", seconds / 60);
    return fmt::format("{:.1f} h", seconds / 3600);
}

std::size_t columns_of(std::FILE* stream) { return width_of(stream) - 1; }

}  // namespace

std::string describe_progress(const Plan& plan, std::size_t finished, double seconds) {
    const double share = plan.runs > 0 ? static_cast<double>(finished) / static_cast<double>(plan.runs) : 1;
    std::string text = fmt::format("{} of {} seeds", finished / plan.variants, plan.runs / plan.variants);
    if (plan.variants > 1) text += fmt::format(" ({} of {} runs)", finished, plan.runs);
    text += fmt::format(", {} of {} simulated, {}", duration(share * plan.simulated_s), duration(plan.simulated_s),
                        duration(seconds));
    if (finished > 0 && finished < plan.runs)
        text += fmt::format(", about {} to go", duration(seconds / share * (1 - share)));
    return text;
}

ProgressLine::ProgressLine(const Plan& plan, bool quiet)
    : manner_(quiet                 ? Manner::silent
              : is_terminal(stderr) ? Manner::drawn
                                    : Manner::plain),
      plan_(plan) {}

ProgressLine::~ProgressLine() {
    if (is_drawn_) std::fputs("\r\x1b[K", stderr);
}

void ProgressLine::show(std::size_t finished) {
    const Clock::time_point now = Clock::now();
    if (manner_ == Manner::silent || (manner_ == Manner::plain && now - last_ < between_plain_lines)) return;
    last_ = now;
    std::string text = describe_progress(plan_, finished, std::chrono::duration<double>(now - begin_).count());
    if (manner_ == Manner::drawn) {
        // A line that the terminal breaks cannot be drawn over.
        if (text.size() > columns_of(stderr)) text.resize(columns_of(stderr));
        fmt::print(stderr, "\r\x1b[K{}", text);
        std::fflush(stderr);
        is_drawn_ = true;
    } else {
        fmt::print(stderr, "{}\n", text);
    }
}

}  // namespace stampede::cli
