#pragma once

#include <string>

#include "reports/report.hpp"

namespace stampede::reports {

/// OpenMetrics 1.0 text: every metric as a gauge with the labels variant, subject and statistic (mean, median, lo, hi:
/// the last two are the 95 % interval of the mean over the seeds), the mean of every series as a gauge with a
/// point a bin (its intervals are in the CSV), and whether every threshold passed. Timestamps are simulated seconds: a
/// series' from the start of the run, all others at its end. A time that never came is +Inf; what has no value has no
/// sample.
[[nodiscard]] std::string render_openmetrics(const Report& report);

}  // namespace stampede::reports
