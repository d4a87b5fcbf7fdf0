#include "reports/statistics/power.hpp"

#include <algorithm>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace stampede::reports {
namespace {

/// From here on nobody can tell the power from 1, and the series of the noncentral t become long.
constexpr double certain = 30;

}  // namespace

double power_of_t(double effect, std::size_t n, double level) {
    const double size = std::abs(effect) * std::sqrt(static_cast<double>(n));
    const auto degrees = static_cast<double>(n - 1);
    const double critical = boost::math::quantile(
        boost::math::complement(boost::math::students_t_distribution<double>{degrees}, level / 2));
    if (size - critical > certain) return 1;
    const boost::math::non_central_t_distribution<double> shifted{degrees, size};
    return boost::math::cdf(boost::math::complement(shifted, critical)) + boost::math::cdf(shifted, -critical);
}

std::optional<std::size_t> seeds_for(double effect, double level) {
    const auto is_enough = [&](std::size_t n) { return power_of_t(effect, n, level) >= wanted_power; };
    if (!(std::abs(effect) > 0) || !is_enough(most_seeds_asked_for)) return std::nullopt;
    std::size_t too_few = 1;
    std::size_t enough = most_seeds_asked_for;
    while (enough - too_few > 1) {  // power grows with n
        const std::size_t middle = (too_few + enough) / 2;
        (is_enough(middle) ? enough : too_few) = middle;
    }
    return enough;
}

}  // namespace stampede::reports
