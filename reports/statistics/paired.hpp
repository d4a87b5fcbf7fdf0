#pragma once
/// Differences between two variants that ran over the same seeds.
///
/// Both variants meet the same clients at the same times (common random numbers), so the difference is taken seed by
/// seed: what the seeds have in common cancels out. A. Law, "Simulation Modeling and Analysis", 5th ed., section 10.2.

#include <cstddef>
#include <cstdint>
#include <span>

#include "reports/statistics/sample.hpp"

namespace stampede::reports {

enum class Test : std::uint8_t {
    none,      ///< fewer than two seeds in common: nothing can be said
    t,         ///< Student's paired t
    wilcoxon,  ///< Wilcoxon's signed ranks, where a seed says `never` or all differences are the same
};

struct PairedDifference {
    std::size_t pairs = 0;  ///< seeds for which both have a value
    Test test = Test::none;
    double difference = no_value;  ///< mean of second - first; not-a-number where a seed says `never`
    double lo = no_value;          ///< 95 % interval of the difference
    double hi = no_value;
    double p = no_value;                   ///< probability of a difference at least so large if there were none
    double p_corrected = no_value;         ///< by Holm's rule over the family of comparisons; `p` for one alone
    double standard_deviation = no_value;  ///< of the differences
    double effect = no_value;              ///< Cohen's dz: mean / standard deviation of the differences (J. Cohen,
                                           ///< "Statistical Power Analysis", 2nd ed., section 2.3.5)
    double rank_biserial = 0;              ///< -1 the second is always smaller, +1 always larger; see SignedRanks
    int sign = 0;                          ///< +1 the second is larger, -1 it is smaller, 0 no difference is shown

    [[nodiscard]] bool has_interval() const { return lo == lo; }
    [[nodiscard]] double half_width() const { return (hi - lo) / 2; }
};

/// `first[i]` and `second[i]` belong to the same seed. A difference is called one (`sign` is not 0) only where the
/// test's p is below 5 %; for the t test that is where the interval excludes zero.
///
/// Where a seed says `never` there is no mean difference; `never` is larger than every number and as large as itself,
/// and signed ranks need no more than that. They also decide where all differences are equal: their variance of zero
/// would let the t test claim certainty after two seeds.
[[nodiscard]] PairedDifference paired_difference(std::span<const double> first, std::span<const double> second);

/// Corrects the p-values of a family of comparisons by Holm's rule, and takes back the differences that no longer are.
void correct(std::span<PairedDifference* const> family);

}  // namespace stampede::reports
