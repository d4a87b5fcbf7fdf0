#pragma once

#include <string>

#include "reports/report.hpp"

namespace stampede::reports {

/// Latencies of successful requests as HdrHistogram prints percentile distributions: value in milliseconds, percentile,
/// count up to there, 1/(1-percentile). One distribution a variant, of the whole run and all seeds together, headed by
/// a line "#[Variant = NAME]"; a variant without any success has no lines but those that begin with '#'.
[[nodiscard]] std::string render_hgrm(const Report& report);

}  // namespace stampede::reports
