#pragma once
/// What the program's two streams are connected to.

#include <cstddef>
#include <cstdio>
#include <string>

namespace stampede::cli {

enum class ColourWish { automatic, always, never };

/// "always" and "never"; anything else is automatic.
[[nodiscard]] ColourWish colour_wish(const std::string& word);

[[nodiscard]] bool is_terminal(std::FILE* stream);

/// Automatic: on a terminal, unless NO_COLOR is set (https://no-color.org) or TERM is "dumb".
[[nodiscard]] bool wants_colour(ColourWish wish, std::FILE* stream);

/// Columns of the terminal behind the stream, else of COLUMNS, else 80; at most 160, beyond which lines are hard to
/// follow.
[[nodiscard]] std::size_t width_of(std::FILE* stream);

}  // namespace stampede::cli
