#pragma once
/// Statistics of one metric over the seeds.
///
/// A value may be `never` (infinity: the time did not come) or not-a-number (this seed has no value).
/// Not-a-number is left out everywhere. `never` is larger than every number, so order statistics are exact with it,
/// but no mean and no interval is claimed for a sample that has one.

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace stampede::reports {

inline constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

/// The level of every interval that is printed.
inline constexpr double confidence = 0.95;

/// The values without not-a-number, ascending, `never` last.
[[nodiscard]] std::vector<double> sorted_values(std::span<const double> sample);

/// The `p` quantile (0…1) of ascending values, interpolated: definition 7 of R. Hyndman and Y. Fan, "Sample Quantiles
/// in Statistical Packages", The American Statistician 50 (1996), the default of R. Not-a-number where there are none.
[[nodiscard]] double quantile(std::span<const double> ascending, double p);

/// The half-width of Student's interval for a mean: t(n-1, 97.5 %) · s / √n (NIST/SEMATECH e-Handbook of Statistical
/// Methods, 1.3.5.2). Needs n ≥ 2.
[[nodiscard]] double t_half_width(double standard_deviation, std::size_t n);

/// Two-sided p-value of Student's t with `degrees` of freedom.
[[nodiscard]] double t_p_value(double t, std::size_t degrees);

/// Mean and sample standard deviation (n - 1); the latter is not-a-number for n < 2.
struct Moments {
    double mean = no_value;
    double standard_deviation = no_value;
};

/// Two passes, so that nearly equal values lose nothing to cancellation.
[[nodiscard]] Moments moments(std::span<const double> finite);

struct Estimate {
    std::size_t count = 0;   ///< seeds that have a value, `never` included
    std::size_t nevers = 0;  ///< of these, seeds where the time did not come
    double mean = no_value;  ///< not-a-number where a seed says `never`
    double median = no_value;
    double lo = no_value;  ///< 95 % interval of the mean; not-a-number for fewer than two seeds
    double hi = no_value;

    [[nodiscard]] bool has_value() const { return count > 0; }
    [[nodiscard]] bool has_interval() const { return lo == lo; }
    [[nodiscard]] double half_width() const { return (hi - lo) / 2; }
};

[[nodiscard]] Estimate estimate(std::span<const double> sample);

}  // namespace stampede::reports
