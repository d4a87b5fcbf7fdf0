#pragma once

#include <string_view>
#include <vector>

#include "scenarios/metrics/catalogue.hpp"

namespace stampede::cli {

/// "herd.peak_ratio,recovery.time": metrics that have one number for a run, in this order, each once. Nothing for an
/// empty text. Throws Stop (2) for a name that is none, with the nearest that is one.
[[nodiscard]] std::vector<Metric> parse_metrics(std::string_view text);

}  // namespace stampede::cli
