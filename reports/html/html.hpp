#pragma once

#include <string>

#include "reports/html/assets.hpp"
#include "reports/report.hpp"

namespace stampede::reports {

/// One page that holds everything: no network, opens from disk, prints, and can be read with scripts off.
/// Sections that the report has nothing for are left out. Equal reports give equal bytes.
[[nodiscard]] std::string render_html(const Report& report);

/// With other assets than those of the program.
[[nodiscard]] std::string render_html(const Report& report, const Assets& assets);

}  // namespace stampede::reports
