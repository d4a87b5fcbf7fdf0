#pragma once
/// Numbers as people read them: three significant digits, with the unit.

#include <string>

#include "reports/statistics/sample.hpp"
#include "reports/thresholds.hpp"
#include "scenarios/metrics/catalogue.hpp"

namespace stampede::reports {

/// "12.3 s", "450 ms", "12.3k/s", "7.70×", "93.4 %", "yes", "never"; "–" for not-a-number.
[[nodiscard]] std::string readable(double value, Unit unit);

/// "12.3 ±0.2 s": a mean and half the width of its 95 % interval, in one scale; without the half where there is no
/// interval; counts have their letter twice: "234k ±1k". A time that some seeds never reached has no mean: "never
/// 3/10". A yes/no says how often: "yes 3/10".
[[nodiscard]] std::string readable(const Estimate& estimate, Unit unit);

/// A difference of two values: "-7.10 ±0.35×"; shares differ by "12.0 ±0.4 percentage points".
[[nodiscard]] std::string readable_difference(double difference, double half_width, Unit unit);

/// What a threshold's metric came to; "no value" where nothing was measured.
[[nodiscard]] std::string readable_value(const ThresholdResult& result);

/// "p < 0.001", "p = 0.034".
[[nodiscard]] std::string readable_p(double p);

}  // namespace stampede::reports
