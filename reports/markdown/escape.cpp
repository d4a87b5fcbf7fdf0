#include "reports/markdown/escape.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/text/width.hpp"

namespace stampede::reports::markdown {
namespace {

std::string entity(char c) { return fmt::format("&#{};", static_cast<int>(c)); }

/// On one line and without control characters.
std::string on_one_line(std::string_view text) {
    std::string out(text);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return plain(out);
}

std::string html(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        default:
            return std::string(1, c);
    }
}

bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

/// Inside of a word an underscore is no markup, and names are full of them.
bool is_inside_word(std::string_view text, std::size_t i) {
    return i > 0 && i + 1 < text.size() && is_word(text[i - 1]) && is_word(text[i + 1]);
}

bool is_markup(std::string_view text, std::size_t i) {
    return text[i] == '_' ? !is_inside_word(text, i) : is_one_of(text[i], "*`[]~");
}

}  // namespace

std::string text(std::string_view text) {
    const std::string line = on_one_line(text);
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (is_markup(line, i))
            out.append("\\").append(1, c);
        else if (is_one_of(c, "|\\$"))
            out += entity(c);
        else if (is_one_of(c, "@#"))
            out.append(1, c).append("<!-- -->");
        else
            out += html(c);
    }
    return out;
}

std::string code(std::string_view text) {
    const std::string line = on_one_line(text);
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i)
        out += is_markup(line, i) || is_one_of(line[i], "|\\$") ? entity(line[i]) : html(line[i]);
    return "<code>" + out + "</code>";
}

std::string block(std::string_view lines) {
    std::size_t longest = 2;
    for (std::size_t at = 0; (at = lines.find('`', at)) != std::string_view::npos;) {
        const std::size_t end = std::min(lines.find_first_not_of('`', at), lines.size());
        longest = std::max(longest, end - at);
        at = end;
    }
    const std::string fence(longest + 1, '`');
    return fmt::format("{}text\n{}{}\n", fence, lines, fence);
}

std::string details(std::string_view summary, const std::string& body) {
    if (body.empty()) return {};
    return fmt::format("\n<details>\n<summary>{}</summary>\n\n{}\n</details>\n", summary, body);
}

}  // namespace stampede::reports::markdown
