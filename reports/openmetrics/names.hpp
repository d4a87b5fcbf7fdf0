#pragma once

#include <string>
#include <string_view>

#include "scenarios/metrics/catalogue.hpp"

namespace stampede::reports {

/// A metric family as OpenMetrics names it: "stampede_recovery_time_seconds", unit "seconds".
struct FamilyName {
    std::string name;
    std::string unit;  ///< what the name ends with; empty for counts
};

/// Prometheus wants base units in names, a share is a ratio there, and "_total" and "_histogram" would promise a
/// counter and a histogram, which a number over seeds is not.
[[nodiscard]] FamilyName family_name(const MetricInfo& metric);

/// Of a time series, as "stampede_series_arrivals_per_second". What is counted by bin is shown by second.
[[nodiscard]] FamilyName series_family_name(std::string_view series, std::string_view unit);

/// A label's value between quotes: backslash, quote and newline escaped.
[[nodiscard]] std::string label_value(std::string_view text);

}  // namespace stampede::reports
