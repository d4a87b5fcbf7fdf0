#pragma once

#include <chrono>
#include <cstddef>

namespace stampede::cli {

/// Tells on standard error how far the runs are: a line drawn over itself on a terminal, a plain line every 10 s
/// elsewhere.
class ProgressLine {
public:
    explicit ProgressLine(bool quiet);
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    /// Wipes what was drawn.
    ~ProgressLine();

    void show(std::size_t finished, std::size_t total);

private:
    using Clock = std::chrono::steady_clock;
    enum class Manner { silent, drawn, plain } manner_;
    Clock::time_point begin_ = Clock::now();
    Clock::time_point last_ = begin_;
    bool is_drawn_ = false;
};

}  // namespace stampede::cli
