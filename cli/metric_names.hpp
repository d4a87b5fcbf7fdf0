#pragma once

#include <string>
#include <vector>

#include "scenarios/metrics/catalogue.hpp"

namespace stampede::cli {

/// "herd.peak_ratio,latency.p99": metrics that are one number each, in this order, each once; nothing for an empty
/// text. Throws Stop (2), with a
/// suggestion, for anything else; `option` is named in the message.
[[nodiscard]] std::vector<Metric> parse_metrics(const std::string& text, const std::string& option);

}  // namespace stampede::cli
