#pragma once

#include <array>
#include <string>
#include <string_view>

#include "reports/report.hpp"

namespace stampede::reports {

/// What each value of a trace's span is, in this order. `number` is that of the attempt or retry, from 1; `how` an
/// outcome, "abandoned", "waited" or "running".
inline constexpr std::array<std::string_view, 7> trace_columns{"kind",    "agent", "request", "number",
                                                               "begin_s", "end_s", "how"};

/// The JSON report, described in docs/report-format.md. Equal reports give equal bytes.
[[nodiscard]] std::string render_json(const Report& report);

}  // namespace stampede::reports
