#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace stampede::reports {

/// Indented by two, but lists of plain values or of pairs of them and small flat objects on one line: a report of
/// thousands of numbers stays readable. Ends with a newline. Bytes that are no UTF-8 are replaced.
[[nodiscard]] std::string lay_out(const nlohmann::ordered_json& json);

}  // namespace stampede::reports
