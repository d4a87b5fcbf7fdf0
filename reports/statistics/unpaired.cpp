#include "reports/statistics/unpaired.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <vector>

namespace stampede::reports {
namespace {

/// Ranks times two, so that the mean ranks of equal values are whole numbers.
struct JointRanks {
    std::vector<std::size_t> doubled;  ///< of all values, ascending
    std::size_t doubled_sum = 0;       ///< of the second sample's
    double tie_term = 0;               ///< sum over groups of equal values of size³ - size
};

JointRanks rank_together(const std::vector<double>& first, const std::vector<double>& second) {
    std::vector<double> all(first);
    all.insert(all.end(), second.begin(), second.end());
    std::sort(all.begin(), all.end());
    JointRanks ranking;
    for (std::size_t begin = 0; begin < all.size();) {
        std::size_t end = begin;
        while (end < all.size() && all[end] == all[begin]) ++end;
        const std::size_t doubled = begin + 1 + end;
        ranking.doubled.insert(ranking.doubled.end(), end - begin, doubled);
        ranking.doubled_sum += doubled * static_cast<std::size_t>(std::count(second.begin(), second.end(), all[begin]));
        const auto size = static_cast<double>(end - begin);
        ranking.tie_term += size * size * size - size;
        begin = end;
    }
    return ranking;
}

/// Of all ways to choose the second sample's ranks, the share with at most, and with at least, the sum that it has.
double exact_p(const JointRanks& ranking, std::size_t chosen) {
    std::size_t largest = 0;
    for (std::size_t rank : ranking.doubled) largest += rank;
    // ways[k][s]: how often k ranks add up to s, one rank after the other left out or taken.
    std::vector<std::vector<double>> ways(chosen + 1, std::vector<double>(largest + 1));
    ways[0][0] = 1;
    for (std::size_t rank : ranking.doubled)
        for (std::size_t k = chosen; k > 0; --k)
            for (std::size_t sum = largest; sum >= rank; --sum) ways[k][sum] += ways[k - 1][sum - rank];
    double below = 0;
    double above = 0;
    double all = 0;
    for (std::size_t sum = 0; sum <= largest; ++sum) {
        const double n = ways[chosen][sum];
        all += n;
        if (sum <= ranking.doubled_sum) below += n;
        if (sum >= ranking.doubled_sum) above += n;
    }
    return std::min(1.0, 2 * std::min(below, above) / all);
}

double approximate_p(double u, double m, double n, double tie_term) {
    const double all = m + n;
    const double variance = m * n / 12 * (all + 1 - tie_term / (all * (all - 1)));
    const double distance = std::max(0.0, std::abs(u - m * n / 2) - 0.5);
    if (variance <= 0) return 1;  // all values are equal
    const boost::math::normal standard;
    return std::min(1.0, 2 * boost::math::cdf(boost::math::complement(standard, distance / std::sqrt(variance))));
}

void decide_by_ranks(UnpairedDifference& result, const std::vector<double>& a, const std::vector<double>& b) {
    const RankSum ranks = rank_sum(a, b);
    result.test = UnpairedTest::rank_sum;
    result.p = ranks.p;
    if (ranks.p < 1 - confidence) result.sign = ranks.u > static_cast<double>(a.size() * b.size()) / 2 ? 1 : -1;
}

void decide_by_welch(UnpairedDifference& result, const Moments& a, std::size_t m, const Moments& b, std::size_t n) {
    const double va = a.standard_deviation * a.standard_deviation / static_cast<double>(m);
    const double vb = b.standard_deviation * b.standard_deviation / static_cast<double>(n);
    const double error = std::sqrt(va + vb);
    const double degrees =
        (va + vb) * (va + vb) / (va * va / static_cast<double>(m - 1) + vb * vb / static_cast<double>(n - 1));
    const boost::math::students_t t{degrees};
    const double half = boost::math::quantile(t, (1 + confidence) / 2) * error;
    result.test = UnpairedTest::welch;
    result.lo = result.difference - half;
    result.hi = result.difference + half;
    result.p = 2 * boost::math::cdf(boost::math::complement(t, std::abs(result.difference) / error));
    if (result.p < 1 - confidence) result.sign = result.difference > 0 ? 1 : -1;
}

bool has_never(const std::vector<double>& ascending) { return !ascending.empty() && std::isinf(ascending.back()); }

}  // namespace

RankSum rank_sum(std::span<const double> first, std::span<const double> second) {
    RankSum result;
    if (first.empty() || second.empty()) return result;
    const std::vector<double> a(first.begin(), first.end());
    const std::vector<double> b(second.begin(), second.end());
    const JointRanks ranking = rank_together(a, b);
    const auto m = static_cast<double>(a.size());
    const auto n = static_cast<double>(b.size());
    result.u = static_cast<double>(ranking.doubled_sum) / 2 - n * (n + 1) / 2;
    result.p = a.size() + b.size() <= most_exact_values ? exact_p(ranking, b.size())
                                                        : approximate_p(result.u, m, n, ranking.tie_term);
    return result;
}

UnpairedDifference unpaired_difference(std::span<const double> first, std::span<const double> second) {
    const std::vector<double> a = sorted_values(first);
    const std::vector<double> b = sorted_values(second);
    UnpairedDifference result;
    if (a.empty() || b.empty()) return result;
    const bool is_finite = !has_never(a) && !has_never(b);
    const Moments of_a = is_finite ? moments(a) : Moments{};
    const Moments of_b = is_finite ? moments(b) : Moments{};
    result.difference = of_b.mean - of_a.mean;
    if (a.size() < 2 || b.size() < 2) return result;
    if (is_finite && (of_a.standard_deviation > 0 || of_b.standard_deviation > 0)) {
        decide_by_welch(result, of_a, a.size(), of_b, b.size());
        return result;
    }
    if (is_finite) result.lo = result.hi = result.difference;
    decide_by_ranks(result, a, b);
    return result;
}

}  // namespace stampede::reports
