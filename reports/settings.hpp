#pragma once
/// The values of overrides, as reports show them.

#include <nlohmann/json.hpp>
#include <string>

#include "scenarios/format/document.hpp"

namespace stampede::reports {

/// JSON where the text is JSON, else a string: as a scenario takes it.
[[nodiscard]] nlohmann::ordered_json setting_value(const scenarios::Override& setting);

/// The override whose `setting_value` this is.
[[nodiscard]] scenarios::Override setting_of(std::string path, const nlohmann::ordered_json& value);

/// For people: a string without its quotes, anything else as JSON.
[[nodiscard]] std::string setting_text(const nlohmann::ordered_json& value);

}  // namespace stampede::reports
