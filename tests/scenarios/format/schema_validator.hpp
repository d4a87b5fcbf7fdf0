#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace stampede::scenarios {

/// What is wrong with the value by the schema, or nothing. Just enough of JSON Schema (draft 2020-12) for the schema
/// that Stampede writes; a keyword that it does not know is an error, so that nothing in the schema goes unchecked.
[[nodiscard]] std::string violation(const nlohmann::ordered_json& schema, const nlohmann::ordered_json& value,
                                    const std::string& at = "");

}  // namespace stampede::scenarios
