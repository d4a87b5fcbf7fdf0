#pragma once
/// Text as HTML.

#include <string>
#include <string_view>

namespace stampede::reports::html {

/// For text and for attributes in double quotes; without control characters.
[[nodiscard]] std::string escape(std::string_view text);

/// The same for text of several lines.
[[nodiscard]] std::string escape_lines(std::string_view text);

/// A part of the page with a heading; nothing where there is no body.
[[nodiscard]] std::string section(std::string_view id, std::string_view title, std::string_view lead,
                                  const std::string& body);

/// A chart with its title above and what must be known to read it below. `note` may be empty. All three are HTML.
[[nodiscard]] std::string figure(const std::string& title, const std::string& body, const std::string& note = {});

/// Charts side by side where the page is wide enough.
[[nodiscard]] std::string grid(const std::string& figures);

/// The colour of a variant (or of another thing that is counted) as a class of the style sheet. There are eight colours
/// that can be told apart with any colour vision; from the ninth on they come again, with dashes.
[[nodiscard]] std::string colour_class(std::size_t i);

struct Key {
    std::string colours;  ///< classes
    std::string label;    ///< text
};

/// A small sample of the colour, and what it stands for.
[[nodiscard]] std::string key(const Key& key);

}  // namespace stampede::reports::html
