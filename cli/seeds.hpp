#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace stampede::cli {

/// "10" is 1 to 10, "5..8" is 5, 6, 7, 8. At most 100,000. Throws Stop (2) for anything else.
[[nodiscard]] std::vector<std::uint64_t> parse_seeds(const std::string& text);

}  // namespace stampede::cli
