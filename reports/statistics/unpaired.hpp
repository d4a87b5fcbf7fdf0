#pragma once
/// Differences between two samples that have nothing in common: runs over other seeds.

#include <cstddef>
#include <cstdint>
#include <span>

#include "reports/statistics/sample.hpp"

namespace stampede::reports {

enum class UnpairedTest : std::uint8_t {
    none,      ///< fewer than two values on a side: nothing can be said
    welch,     ///< Welch's t
    rank_sum,  ///< Wilcoxon's rank sums, where a value is `never` or neither side has a spread
};

struct UnpairedDifference {
    UnpairedTest test = UnpairedTest::none;
    double difference = no_value;  ///< mean of second - mean of first; not-a-number where a value is `never`
    double lo = no_value;          ///< 95 % interval of the difference
    double hi = no_value;
    double p = no_value;  ///< two-sided
    int sign = 0;         ///< +1 the second is larger, -1 it is smaller, 0 no difference is shown (p is 5 % or more)
};

/// Variances may differ: B. L. Welch, "The generalization of 'Student's' problem when several different population
/// variances are involved", Biometrika 34 (1947), with the degrees of freedom of F. Satterthwaite (1946).
[[nodiscard]] UnpairedDifference unpaired_difference(std::span<const double> first, std::span<const double> second);

struct RankSum {
    double u = 0;  ///< pairs in which the second is larger, equal ones counted half (the statistic of Mann and Whitney)
    double p = 1;  ///< two-sided
};

/// Up to this many values on both sides together the p-value is exact, above it is the normal approximation.
inline constexpr std::size_t most_exact_values = 50;

/// F. Wilcoxon (1945), H. Mann and D. Whitney, "On a test of whether one of two random variables is stochastically
/// larger than the other", Annals of Mathematical Statistics 18 (1947). Exact also with ties: all ways to deal the
/// ranks are counted. The approximation corrects for ties and for continuity, as R's wilcox.test(exact = FALSE) does.
/// Values may be `never`, which is larger than all others; none is not-a-number.
[[nodiscard]] RankSum rank_sum(std::span<const double> first, std::span<const double> second);

}  // namespace stampede::reports
