#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reports/report.hpp"

namespace stampede::reports {

struct TerminalOptions {
    std::size_t width = 80;  ///< columns; at least 60 are used
    bool colour = false;     ///< ANSI colours
    /// All variants side by side, however many columns that takes; nothing else becomes wider.
    bool has_wide_table = false;
    /// The rows of the table, in this order; empty: those that answer the questions.
    std::vector<Metric> metrics = {};
};

/// What a person reads: a table of the metrics that matter, a picture of the arrivals, a verdict, the thresholds.
/// No line is wider than `width`, but for names that have no place to break and for a table that is wanted wide.
[[nodiscard]] std::string render_terminal(const Report& report, const TerminalOptions& options);

}  // namespace stampede::reports
