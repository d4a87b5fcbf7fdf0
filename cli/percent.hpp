#pragma once

#include <string>

namespace stampede::cli {

/// "2%" is 0.02; from 0 to 1000 %. Throws Stop (2) for anything else; `option` is named in the message.
[[nodiscard]] double parse_percent(const std::string& text, const std::string& option);

}  // namespace stampede::cli
