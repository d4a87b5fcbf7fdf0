#pragma once
/// Thresholds: "p95 < 20s".

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/mistakes.hpp"
#include "scenarios/format/node.hpp"
#include "scenarios/format/thresholds.hpp"
#include "scenarios/metrics/catalogue.hpp"

namespace stampede::scenarios {

/// How a condition is written, as a regular expression of ECMA-262.
inline constexpr std::string_view condition_pattern = "^((mean|median|p95|min|max) *)?(<|<=|>|>=) *-?[0-9][^ ]*$";

[[nodiscard]] std::string_view to_string(Statistic statistic);
[[nodiscard]] std::string_view to_string(Comparator comparator);

[[nodiscard]] std::vector<Threshold> read_thresholds(const Node& node, Mistakes& mistakes);

}  // namespace stampede::scenarios
