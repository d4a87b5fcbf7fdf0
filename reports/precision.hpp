#pragma once
/// How well the means are known, as a share of themselves: what `--seeds auto` runs until.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "reports/statistics/sample.hpp"
#include "scenarios/metrics/catalogue.hpp"

namespace stampede::reports {

struct PrecisionGoal {
    double target = 0.02;  ///< half the width of the 95 % interval over the mean
    std::vector<Metric> metrics;
    std::uint64_t most_seeds = 100;
};

struct Width {
    std::string variant;
    Metric metric;
    double relative;  ///< half the width of the interval over the mean; not-a-number where there is no such share
};

struct Precision {
    double target;
    std::uint64_t most_seeds;
    std::vector<Width> widths;  ///< of every variant in which the metric was measured

    /// Every interval is narrow enough.
    [[nodiscard]] bool is_reached() const;
};

/// Half the width of the mean's interval over the mean. 0 where every seed says the same, also `never`; not-a-number
/// where there is no interval, as when only some seeds say `never`, or where the mean is 0.
[[nodiscard]] double relative_half_width(std::span<const double> per_seed);

/// How many seeds to have run before looking again: as many as would do if the spread stays what it is, since an
/// interval's width goes with 1/√n (A. Law, "Simulation Modeling and Analysis", 5th ed., section 9.4.1); at least 5
/// more, at most twice as many, and no more than are allowed. A function of the values alone, so that every machine
/// runs the same seeds.
[[nodiscard]] std::uint64_t next_seed_count(const Precision& precision, std::uint64_t seeds);

/// How many seeds it took, or what the cap has left open.
[[nodiscard]] std::string precision_sentence(const Precision& precision, std::size_t seeds);

}  // namespace stampede::reports
