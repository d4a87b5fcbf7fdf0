#include "reports/statistics/sample.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace stampede::reports {

std::vector<double> sorted_values(std::span<const double> sample) {
    std::vector<double> values;
    values.reserve(sample.size());
    std::copy_if(sample.begin(), sample.end(), std::back_inserter(values), [](double x) { return !std::isnan(x); });
    std::sort(values.begin(), values.end());
    return values;
}

double quantile(std::span<const double> ascending, double p) {
    if (ascending.empty()) return no_value;
    const double place = p * static_cast<double>(ascending.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(place), ascending.size() - 1);
    const double rest = place - static_cast<double>(below);
    // The second test also keeps infinity - infinity out: two `never` side by side are `never`.
    if (rest <= 0 || ascending[below] == ascending[below + 1]) return ascending[below];
    return ascending[below] + rest * (ascending[below + 1] - ascending[below]);
}

namespace {

/// Two-sided, for the mean of n values. A report asks for it thousands of times, of series bin by bin, and mostly with
/// one n: the latest answer is kept.
double t_quantile(std::size_t n) {
    thread_local std::size_t known = 0;
    thread_local double value = 0;
    if (n == known) return value;
    const boost::math::students_t t{static_cast<double>(n - 1)};
    value = boost::math::quantile(t, (1 + confidence) / 2);
    known = n;
    return value;
}

}  // namespace

double t_half_width(double standard_deviation, std::size_t n) {
    return t_quantile(n) * standard_deviation / std::sqrt(static_cast<double>(n));
}

double t_p_value(double t, std::size_t degrees) {
    const boost::math::students_t distribution{static_cast<double>(degrees)};
    return 2 * boost::math::cdf(boost::math::complement(distribution, std::abs(t)));
}

Moments moments(std::span<const double> finite) {
    Moments result;
    if (finite.empty()) return result;
    const auto n = static_cast<double>(finite.size());
    double sum = 0;
    for (double x : finite) sum += x;
    // Rounding must not carry the mean of equal values beside them.
    const auto [least, most] = std::minmax_element(finite.begin(), finite.end());
    result.mean = std::clamp(sum / n, *least, *most);
    if (finite.size() < 2) return result;
    double squares = 0;
    for (double x : finite) squares += (x - result.mean) * (x - result.mean);
    result.standard_deviation = std::sqrt(squares / (n - 1));
    return result;
}

Estimate estimate(std::span<const double> sample) {
    const std::vector<double> values = sorted_values(sample);
    Estimate result;
    result.count = values.size();
    result.nevers =
        static_cast<std::size_t>(std::count_if(values.begin(), values.end(), [](double x) { return std::isinf(x); }));
    result.median = quantile(values, 0.5);
    if (result.nevers > 0) return result;
    const Moments m = moments(values);
    result.mean = m.mean;
    if (values.size() < 2) return result;
    const double half = t_half_width(m.standard_deviation, values.size());
    result.lo = m.mean - half;
    result.hi = m.mean + half;
    return result;
}

}  // namespace stampede::reports
