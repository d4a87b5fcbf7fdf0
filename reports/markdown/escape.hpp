#pragma once
/// Any text inside GitHub's Markdown, so that it shows as it is and nothing else.

#include <string>
#include <string_view>

namespace stampede::reports::markdown {

/// In a sentence or a cell of a table, on one line. Entities stand for what a table would take for its own before
/// anything else is read ('|', '\'); an empty comment keeps "@name" and "#1" from becoming a mention.
[[nodiscard]] std::string text(std::string_view text);

/// A name as code. Entities again, since a code span in backticks cannot hold every text in a table.
[[nodiscard]] std::string code(std::string_view text);

/// A block that shows its lines as they are. The fence is longer than any run of backticks inside.
[[nodiscard]] std::string block(std::string_view lines);

/// What is shown after a click on `summary`, which is HTML.
[[nodiscard]] std::string details(std::string_view summary, const std::string& body);

}  // namespace stampede::reports::markdown
