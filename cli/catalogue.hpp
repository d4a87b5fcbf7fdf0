#pragma once
/// All that can be listed and explained, under one roof: the scenario's families and the metrics.

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/describe.hpp"
#include "scenarios/metrics/catalogue.hpp"

namespace stampede::cli {

/// The name under which the metrics are listed.
inline constexpr std::string_view metrics_family = "metrics";

/// Every family's name, "metrics" last.
[[nodiscard]] std::vector<std::string_view> family_names();

/// "s, lower is better".
[[nodiscard]] std::string unit_and_direction(const MetricInfo& metric);

}  // namespace stampede::cli
