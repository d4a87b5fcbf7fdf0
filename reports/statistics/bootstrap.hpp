#pragma once

#include <functional>
#include <span>

namespace stampede::reports {

struct Interval {
    double lo;
    double hi;
};

/// A statistic of the seeds with these numbers, which may repeat.
using StatisticOfSeeds = std::function<double(std::span<const std::size_t>)>;

/// The 95 % interval of a statistic that has no formula for one (a quantile, a ratio of means): bias-corrected and
/// accelerated bootstrap, B. Efron, "Better bootstrap confidence intervals", JASA 82 (1987), equations 2.3 and 6.6;
/// 10,000 resamples, drawn from a stream of their own, so that equal samples give equal intervals. Needs n ≥ 2; fewer,
/// and a statistic that is not finite on a resample, give not-a-number.
[[nodiscard]] Interval bca_interval(std::size_t n, const StatisticOfSeeds& statistic);

}  // namespace stampede::reports
