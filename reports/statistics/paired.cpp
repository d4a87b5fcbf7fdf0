#include "reports/statistics/paired.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "reports/statistics/holm.hpp"
#include "reports/statistics/wilcoxon.hpp"

namespace stampede::reports {
namespace {

/// The difference of `never` and `never` is none.
double difference_of(double first, double second) { return first == second ? 0 : second - first; }

void decide_by_ranks(PairedDifference& result, const SignedRanks& ranks) {
    result.test = Test::wilcoxon;
    result.p = ranks.p;
    if (result.p < 1 - confidence) result.sign = ranks.up > ranks.down ? 1 : -1;
}

void decide_by_t(PairedDifference& result, double standard_deviation) {
    result.test = Test::t;
    const double error = standard_deviation / std::sqrt(static_cast<double>(result.pairs));
    result.p = t_p_value(result.difference / error, result.pairs - 1);
    if (result.lo > 0) result.sign = 1;
    if (result.hi < 0) result.sign = -1;
}

}  // namespace

PairedDifference paired_difference(std::span<const double> first, std::span<const double> second) {
    PairedDifference result;
    std::vector<double> differences;
    bool has_never = false;
    for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
        if (std::isnan(first[i]) || std::isnan(second[i])) continue;
        has_never |= std::isinf(first[i]) || std::isinf(second[i]);
        differences.push_back(difference_of(first[i], second[i]));
    }
    result.pairs = differences.size();
    if (result.pairs == 0) return result;
    const SignedRanks ranks = signed_ranks(differences);
    result.rank_biserial = ranks.rank_biserial();
    if (!has_never) {
        const Moments m = moments(differences);
        result.difference = m.mean;
        if (result.pairs < 2) return result;
        const double half = t_half_width(m.standard_deviation, result.pairs);
        result.lo = m.mean - half;
        result.hi = m.mean + half;
        result.standard_deviation = m.standard_deviation;
        if (m.standard_deviation > 0) {
            decide_by_t(result, m.standard_deviation);
            result.effect = m.mean / m.standard_deviation;
            result.p_corrected = result.p;
            return result;
        }
    }
    if (result.pairs >= 2) decide_by_ranks(result, ranks);
    result.p_corrected = result.p;
    return result;
}

void correct(std::span<PairedDifference* const> family) {
    std::vector<double> p;
    for (const PairedDifference* each : family) p.push_back(each->p);
    const std::vector<double> corrected = holm(p);
    for (std::size_t i = 0; i < family.size(); ++i) {
        family[i]->p_corrected = corrected[i];
        if (!(corrected[i] < 1 - confidence)) family[i]->sign = 0;
    }
}

}  // namespace stampede::reports
