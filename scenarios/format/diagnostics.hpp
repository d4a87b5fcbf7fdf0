#pragma once
/// Mistakes in what the user wrote, with their place, collected and shown together like a good compiler's.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace stampede::scenarios {

/// A stretch of the source text, in bytes. What an override replaced has the override's own text as its source.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// What a mistake is about: what somebody wrote, or a file that is named and cannot be had.
enum class Cause : std::uint8_t { what_is_written, missing_file, unreadable_file };

struct Diagnostic {
    std::string source;      ///< file name, or "--set"
    std::size_t line = 1;    ///< from 1
    std::size_t column = 1;  ///< from 1, in bytes of the line
    std::size_t length = 1;  ///< how many bytes of the line the caret underlines, at least 1
    std::string text;        ///< the line of source; of a long line the part around the place
    std::size_t indent = 0;  ///< bytes of `text` before the place
    std::string message;     ///< "unknown key \"jiter\""
    std::string hint;        ///< "did you mean \"jitter\"?"; may be empty
    Cause cause = Cause::what_is_written;
};

using Diagnostics = std::vector<Diagnostic>;

/// file:line:col: error: message / the line / a caret / the hint, for each; sorted by place.
/// `colour` adds ANSI colours.
[[nodiscard]] std::string render(const Diagnostics& diagnostics, bool colour = false);

}  // namespace stampede::scenarios
