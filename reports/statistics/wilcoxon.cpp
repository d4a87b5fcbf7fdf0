#include "reports/statistics/wilcoxon.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <vector>

namespace stampede::reports {
namespace {

/// Ranks times two: mean ranks of ties become whole numbers.
struct Ranks {
    std::vector<std::size_t> doubled;
    double tie_term = 0;  ///< sum over groups of ties of size³ - size
};

Ranks rank(const std::vector<double>& ascending) {
    Ranks ranks;
    for (std::size_t first = 0; first < ascending.size();) {
        std::size_t last = first;
        while (last < ascending.size() && ascending[last] == ascending[first]) ++last;
        ranks.doubled.insert(ranks.doubled.end(), last - first, first + 1 + last);
        const auto size = static_cast<double>(last - first);
        ranks.tie_term += size * size * size - size;
        first = last;
    }
    return ranks;
}

/// In how many of the 2^n ways to give signs the ranks with a plus add up to at most `sum`: one rank after the other is
/// left out or added (the shift algorithm of B. Streitberg and J. Röhmel, 1986).
double exact_p(const Ranks& ranks, std::size_t doubled_sum) {
    std::vector<double> ways(doubled_sum + 1);
    ways[0] = 1;
    for (std::size_t rank : ranks.doubled)
        for (std::size_t sum = doubled_sum + 1; sum-- > rank;) ways[sum] += ways[sum - rank];
    double all = 0;
    for (double each : ways) all += each;
    return std::min(1.0, 2 * all * std::exp2(-static_cast<double>(ranks.doubled.size())));
}

double approximate_p(double up, double n, double tie_term) {
    const double mean = n * (n + 1) / 4;
    const double variance = n * (n + 1) * (2 * n + 1) / 24 - tie_term / 48;
    const double distance = std::max(0.0, std::abs(up - mean) - 0.5);
    const boost::math::normal standard;
    return std::min(1.0, 2 * boost::math::cdf(boost::math::complement(standard, distance / std::sqrt(variance))));
}

}  // namespace

SignedRanks signed_ranks(std::span<const double> differences) {
    std::vector<double> nonzero;
    std::copy_if(differences.begin(), differences.end(), std::back_inserter(nonzero), [](double d) { return d != 0; });
    SignedRanks result;
    result.n = nonzero.size();
    if (nonzero.empty()) return result;
    std::stable_sort(nonzero.begin(), nonzero.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
    std::vector<double> sizes;
    for (double d : nonzero) sizes.push_back(std::abs(d));
    const Ranks ranks = rank(sizes);
    std::size_t up = 0;
    std::size_t down = 0;
    for (std::size_t i = 0; i < nonzero.size(); ++i) (nonzero[i] > 0 ? up : down) += ranks.doubled[i];
    result.up = static_cast<double>(up) / 2;
    result.down = static_cast<double>(down) / 2;
    result.p = result.n <= most_exact_pairs ? exact_p(ranks, std::min(up, down))
                                            : approximate_p(result.up, static_cast<double>(result.n), ranks.tie_term);
    return result;
}

double smallest_p(std::size_t n) { return std::min(1.0, std::exp2(1 - static_cast<double>(n))); }

}  // namespace stampede::reports
