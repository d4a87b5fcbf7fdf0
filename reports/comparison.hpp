#pragma once
/// Which variants differ, by how much, and how sure that is.

#include <cstddef>
#include <vector>

#include "reports/statistics/paired.hpp"
#include "reports/summary.hpp"

namespace stampede::reports {

/// Variant `b` against variant `a` in one metric of the whole run.
struct Comparison {
    Metric metric;
    std::size_t a;  ///< place in the list of variants
    std::size_t b;
    PairedDifference difference;  ///< b - a
};

/// Over the seeds that both have finished, as the only comparison made. Nothing to compare gives zero pairs.
[[nodiscard]] PairedDifference compare(const Summary& a, const Summary& b, Metric metric);

/// Every two variants in one metric, a before b, where both have it. These comparisons are one family: that any of
/// them claims a difference where there is none has a chance below 5 % (Holm's correction).
[[nodiscard]] std::vector<Comparison> compare_in(const std::vector<Summary>& variants, Metric metric);

/// Every metric of the whole run, in the order of the catalogue.
[[nodiscard]] std::vector<Comparison> compare_all(const std::vector<Summary>& variants);

}  // namespace stampede::reports
