#include "reports/statistics/paired.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <vector>

namespace stampede::reports {
namespace {

struct Signs {
    std::size_t up = 0;
    std::size_t down = 0;
};

/// Comparing instead of subtracting: `never` against `never` is a tie, not not-a-number.
Signs count_signs(std::span<const double> first, std::span<const double> second) {
    Signs signs;
    for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
        if (second[i] > first[i]) ++signs.up;
        if (second[i] < first[i]) ++signs.down;
    }
    return signs;
}

void decide_by_signs(PairedDifference& result, Signs signs) {
    result.test = Test::sign;
    result.p = sign_test_p_value(std::min(signs.up, signs.down), signs.up + signs.down);
    if (result.p < 1 - confidence) result.sign = signs.up > signs.down ? 1 : -1;
}

void decide_by_t(PairedDifference& result, double standard_deviation) {
    result.test = Test::t;
    const double error = standard_deviation / std::sqrt(static_cast<double>(result.pairs));
    result.p = t_p_value(result.difference / error, result.pairs - 1);
    if (result.lo > 0) result.sign = 1;
    if (result.hi < 0) result.sign = -1;
}

}  // namespace

double sign_test_p_value(std::size_t rarer, std::size_t n) {
    if (n == 0) return 1;
    const boost::math::binomial coin{static_cast<double>(n), 0.5};
    return std::min(1.0, 2 * boost::math::cdf(coin, static_cast<double>(rarer)));
}

PairedDifference paired_difference(std::span<const double> first, std::span<const double> second) {
    PairedDifference result;
    std::vector<double> differences;
    bool has_never = false;
    for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
        if (std::isnan(first[i]) || std::isnan(second[i])) continue;
        has_never |= std::isinf(first[i]) || std::isinf(second[i]);
        differences.push_back(second[i] - first[i]);
    }
    result.pairs = differences.size();
    if (result.pairs == 0) return result;
    if (!has_never) {
        const Moments m = moments(differences);
        result.difference = m.mean;
        if (result.pairs < 2) return result;
        const double half = t_half_width(m.standard_deviation, result.pairs);
        result.lo = m.mean - half;
        result.hi = m.mean + half;
        if (m.standard_deviation > 0) {
            decide_by_t(result, m.standard_deviation);
            return result;
        }
    }
    if (result.pairs >= 2) decide_by_signs(result, count_signs(first, second));
    return result;
}

}  // namespace stampede::reports
