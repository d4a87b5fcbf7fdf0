#include "reports/statistics/bootstrap.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "policies/random/stream.hpp"
#include "reports/statistics/sample.hpp"

namespace stampede::reports {
namespace {

constexpr std::size_t resamples = 10'000;
constexpr std::uint64_t purpose = 0x626f6f74;  // "boot": any constant, fixed for ever

std::vector<double> resample(std::size_t n, const StatisticOfSeeds& statistic) {
    Stream stream = Stream::of(n, 0, purpose);
    std::vector<std::size_t> drawn(n);
    std::vector<double> values(resamples);
    for (double& value : values) {
        for (std::size_t& seed : drawn) seed = static_cast<std::size_t>(stream.uniform() * static_cast<double>(n));
        value = statistic(drawn);
    }
    return values;
}

/// Efron's a, from the statistic without each of the seeds.
double acceleration(std::size_t n, const StatisticOfSeeds& statistic) {
    std::vector<double> without(n);
    std::vector<std::size_t> others(n - 1);
    for (std::size_t left_out = 0; left_out < n; ++left_out) {
        for (std::size_t i = 0; i < n - 1; ++i) others[i] = i < left_out ? i : i + 1;
        without[left_out] = statistic(others);
    }
    const double mean = std::accumulate(without.begin(), without.end(), 0.0) / static_cast<double>(n);
    double squares = 0;
    double cubes = 0;
    for (double x : without) {
        squares += (mean - x) * (mean - x);
        cubes += (mean - x) * (mean - x) * (mean - x);
    }
    return squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
}

}  // namespace

Interval bca_interval(std::size_t n, const StatisticOfSeeds& statistic) {
    const Interval none{no_value, no_value};
    if (n < 2) return none;
    std::vector<std::size_t> all(n);
    std::iota(all.begin(), all.end(), std::size_t{0});
    const double observed = statistic(all);
    std::vector<double> values = resample(n, statistic);
    const auto is_finite = [](double x) { return std::isfinite(x); };
    if (!is_finite(observed) || !std::all_of(values.begin(), values.end(), is_finite)) return none;
    std::sort(values.begin(), values.end());
    if (values.front() == values.back()) return {observed, observed};

    const auto below = std::lower_bound(values.begin(), values.end(), observed) - values.begin();
    const auto up_to = std::upper_bound(values.begin(), values.end(), observed) - values.begin();
    // Half of those that are equal count as below: discrete statistics are not pushed to one side.
    const double share = static_cast<double>(below + up_to) / (2.0 * resamples);
    const boost::math::normal standard;
    const double bias = boost::math::quantile(standard, std::clamp(share, 0.5 / resamples, 1 - 0.5 / resamples));
    const double a = acceleration(n, statistic);
    const auto bound = [&](double level) {
        const double z = bias + boost::math::quantile(standard, level);
        return quantile(values, boost::math::cdf(standard, bias + z / (1 - a * z)));
    };
    return {bound((1 - confidence) / 2), bound((1 + confidence) / 2)};
}

}  // namespace stampede::reports
