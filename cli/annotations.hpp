#pragma once

#include <string>

#include "reports/report.hpp"
#include "scenarios/format/document.hpp"

namespace stampede::cli {

/// What `--github` prints: `reports::render_github`, with the lines of the scenario's file at which its thresholds
/// stand.
[[nodiscard]] std::string annotations(const reports::Report& report, const scenarios::Document& document,
                                      const std::string& file);

}  // namespace stampede::cli
