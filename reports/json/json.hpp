#pragma once

#include <string>

#include "reports/report.hpp"

namespace stampede::reports {

/// The JSON report, described in docs/report-format.md. Equal reports give equal bytes.
[[nodiscard]] std::string render_json(const Report& report);

}  // namespace stampede::reports
