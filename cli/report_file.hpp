#pragma once

#include <string>

#include "cli/terminal.hpp"
#include "reports/report.hpp"

namespace stampede::cli {

/// The report in a JSON file. Throws Stop: 65 for what is no report, after the place has been shown on standard error;
/// 66 and 74 as `read_file`.
[[nodiscard]] reports::Report load_report(const std::string& file, ColourWish colour);

}  // namespace stampede::cli
