#pragma once

#include <optional>
#include <string>

#include "reports/report.hpp"
#include "scenarios/format/diagnostics.hpp"

namespace stampede::reports {

/// Bounds on what is taken in: far above any report, low enough that hostile input cannot exhaust the machine.
inline constexpr std::size_t max_report_bytes = std::size_t{256} << 20U;
inline constexpr std::size_t max_report_values = 8'000'000;

/// What `render_json` has written, for rendering in another format or for comparing with another report. `name` is the
/// file's, for the message.
///
/// Estimates and comparisons are computed again from the values of the seeds; time series keep the six digits that were
/// written. Rendering what was read gives the bytes that were read, where this program has written them.
///
/// Any bytes may be given. Nothing, and exactly one diagnostic, for what is no report: no JSON, cut off, made by
/// something else or by a newer version.
[[nodiscard]] std::optional<Report> read_report(std::string text, std::string name,
                                                scenarios::Diagnostics& diagnostics);

}  // namespace stampede::reports
