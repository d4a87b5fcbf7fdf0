#pragma once
/// Text in a terminal's columns.

#include <cstddef>
#include <string>
#include <string_view>

namespace stampede::reports {

/// The columns that UTF-8 text takes: combining marks none, East Asian wide characters and emoji two, all others one.
/// Bytes that are no UTF-8 take one each.
[[nodiscard]] std::size_t columns(std::string_view text);

/// Filled up with spaces to `width` columns; longer text stays as it is.
[[nodiscard]] std::string pad_right(std::string text, std::size_t width);
[[nodiscard]] std::string pad_left(std::string text, std::size_t width);

/// Cut to at most `width` columns, "…" last where something was cut; never inside a character. Needs width ≥ 1.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t width);

/// Without control characters, the tab included: a name from a file cannot move the cursor or change colours.
[[nodiscard]] std::string plain(std::string_view text);

/// Its spaces are no places for `wrap` to break: "12.3 ±0.2 s" stays on one line.
[[nodiscard]] std::string keep_together(std::string text);

/// Lines of at most `width` columns, broken at spaces; every line but the first begins with `hang` spaces. Ends with a
/// newline.
[[nodiscard]] std::string wrap(std::string_view text, std::size_t width, std::size_t hang = 0);

/// `text` behind `head`, its further lines below its first.
[[nodiscard]] std::string wrap_at(const std::string& head, std::string_view text, std::size_t width);

}  // namespace stampede::reports
