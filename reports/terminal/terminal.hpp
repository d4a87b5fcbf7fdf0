#pragma once

#include <cstddef>
#include <string>

#include "reports/report.hpp"

namespace stampede::reports {

struct TerminalOptions {
    std::size_t width = 80;  ///< columns; at least 60 are used
    bool colour = false;     ///< ANSI colours
};

/// What a person reads: a table of the metrics that matter, a picture of the arrivals, a verdict, the thresholds.
/// No line is wider than `width`, but for names that have no place to break.
[[nodiscard]] std::string render_terminal(const Report& report, const TerminalOptions& options);

}  // namespace stampede::reports
