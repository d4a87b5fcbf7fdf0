#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stampede::scenarios {

/// Single-character changes (insert, remove, replace, swap neighbours) between two short words.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// `did you mean "jitter"?` where one of the known names is near, else `known: "a", "b"` (shortened where they are
/// many).
[[nodiscard]] std::string suggest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace stampede::scenarios
