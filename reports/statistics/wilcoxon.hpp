#pragma once
/// The signed-rank test of paired differences: F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics
/// Bulletin 1 (1945); W. Conover, "Practical Nonparametric Statistics", 3rd ed., section 5.7.

#include <cstddef>
#include <span>

namespace stampede::reports {

/// Up to this many differences that are not zero the p-value is exact, above it is the normal approximation.
inline constexpr std::size_t most_exact_pairs = 25;

struct SignedRanks {
    std::size_t n = 0;  ///< differences that are not zero: those count for nothing (Wilcoxon's rule)
    double up = 0;      ///< sum of the ranks of the positive ones; equal sizes share the mean of their ranks
    double down = 0;    ///< of the negative ones
    double p = 1;       ///< two-sided

    /// The matched-pairs rank-biserial correlation, (up - down) / (up + down): from -1, all went down, to 1, all went
    /// up; D. Kerby, "The simple difference formula", Comprehensive Psychology 3 (2014). 0 where all are zero.
    [[nodiscard]] double rank_biserial() const { return n == 0 ? 0 : (up - down) / (up + down); }
};

/// Differences may be infinite: such are larger than all others and as large as each other. None is not-a-number.
/// Exact also with ties: all 2^n ways to give signs to the ranks are counted. The approximation corrects for ties and
/// for continuity, as R's wilcox.test(exact = FALSE) does.
[[nodiscard]] SignedRanks signed_ranks(std::span<const double> differences);

/// The smallest p-value that n pairs can give: all signs alike, 2 / 2^n, at most 1.
[[nodiscard]] double smallest_p(std::size_t n);

}  // namespace stampede::reports
