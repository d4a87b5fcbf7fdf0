#pragma once
/// What truth tests need to say how sure they are.

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <vector>

namespace stampede::test {

struct Estimate {
    double mean;
    double error;  ///< standard error of the mean
    double degrees;

    /// Half-width of the confidence interval of this level (Student's t).
    [[nodiscard]] double half_width(double level) const {
        return boost::math::quantile(boost::math::students_t(degrees), (1 + level) / 2) * error;
    }
    [[nodiscard]] bool covers(double truth, double level) const { return std::abs(mean - truth) <= half_width(level); }
};

/// Of independent values, at least two.
[[nodiscard]] inline Estimate estimate(const std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    double mean = 0;
    for (const double value : values) mean += value / n;
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return {mean, std::sqrt(squares / (n - 1) / n), n - 1};
}

/// Half-width of what a share of so many independent trials strays by in all but one of 10,000 samples.
[[nodiscard]] inline double share_margin(double p, double trials) { return 3.9 * std::sqrt(p * (1 - p) / trials); }

}  // namespace stampede::test
