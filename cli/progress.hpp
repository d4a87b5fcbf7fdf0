#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace stampede::cli {

/// What there is to do.
struct Plan {
    std::size_t runs = 0;      ///< seed by seed through all variants
    std::size_t variants = 1;  ///< at least 1
    double simulated_s = 0;    ///< of all runs together
};

/// How far it is after `seconds` with `finished` runs: "3 of 10 seeds (17 of 50 runs), 51 of 150 min simulated, 12 s,
/// about 23 s to go". The estimate takes all runs to be as long as those that have finished.
[[nodiscard]] std::string describe_progress(const Plan& plan, std::size_t finished, double seconds);

/// Tells on standard error how far the runs are: a line drawn over itself on a terminal, a plain line every 10 s
/// elsewhere, nothing where that is not wanted.
class ProgressLine {
public:
    ProgressLine(const Plan& plan, bool quiet);
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    /// Wipes what was drawn.
    ~ProgressLine();

    void show(std::size_t finished);
    /// There is more to do than was thought.
    void change(const Plan& plan) { plan_ = plan; }

private:
    using Clock = std::chrono::steady_clock;
    enum class Manner { silent, drawn, plain } manner_;
    Plan plan_;
    Clock::time_point begin_ = Clock::now();
    Clock::time_point last_ = begin_;
    bool is_drawn_ = false;
};

}  // namespace stampede::cli
