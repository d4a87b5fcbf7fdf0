#pragma once

#include <string>

#include "reports/report.hpp"

namespace stampede::reports {

/// GitHub's Markdown, for a comment on a pull request: thresholds first, then the verdict and the numbers that answer
/// the questions; arrivals over time, all metrics and how it was run are folded.
[[nodiscard]] std::string render_markdown(const Report& report);

}  // namespace stampede::reports
