#pragma once
/// A diff for people and for programs.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "reports/diff/diff.hpp"

namespace stampede::reports {

/// A diff and what is said about it.
struct DiffReport {
    Diff diff;
    std::string before;  ///< what the first report is called: its file or baseline
    std::string after;
    double tolerance = 0;  ///< share by which a metric may get worse
};

/// For a terminal, at least 60 columns wide; `colour` adds ANSI colours.
[[nodiscard]] std::string render_diff_text(const DiffReport& report, std::size_t width, bool colour);

/// A comment on a pull request.
[[nodiscard]] std::string render_diff_markdown(const DiffReport& report);

/// Described in docs/diff.md. Equal diffs give equal bytes.
[[nodiscard]] std::string render_diff_json(const DiffReport& report);

struct DiffReporter {
    std::string_view extension;
    std::string (*render)(const DiffReport&);
};

/// The formats that a diff can be written in.
[[nodiscard]] std::span<const DiffReporter> diff_reporters();

}  // namespace stampede::reports
