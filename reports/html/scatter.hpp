#pragma once

#include <string>

#include "reports/report.hpp"

namespace stampede::reports::html {

/// One metric against another: every seed a dot, every variant's mean a larger one with its intervals. Nothing where
/// fewer than two variants have both.
[[nodiscard]] std::string scatter(const Report& report, Metric across, Metric up);

}  // namespace stampede::reports::html
