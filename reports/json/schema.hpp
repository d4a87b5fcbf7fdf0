#pragma once

#include <nlohmann/json.hpp>

namespace stampede::reports {

/// The JSON Schema (draft 7) of what `render_json` writes. Strict: a member that it does not name is a mistake, so that
/// a report and its schema cannot part unnoticed.
[[nodiscard]] nlohmann::ordered_json report_schema();

}  // namespace stampede::reports
