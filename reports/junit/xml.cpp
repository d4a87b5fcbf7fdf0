#include "reports/junit/xml.hpp"

#include "scenarios/format/utf8.hpp"

namespace stampede::reports {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

std::string_view reference(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&apos;";
        case '\t':
            return "&#9;";
        case '\n':
            return "&#10;";
        case '\r':
            return "&#13;";
        default:
            return static_cast<unsigned char>(c) < 0x20 ? replacement : std::string_view{};
    }
}

/// U+FFFE and U+FFFF; surrogates are no UTF-8 to begin with.
bool is_forbidden(std::string_view character) { return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF"; }

}  // namespace

std::string xml(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t length = scenarios::character_length(text);
        const std::string_view character = text.substr(0, length);
        const std::string_view escaped = length == 1 ? reference(text.front()) : std::string_view{};
        if (length == 0 || is_forbidden(character))
            out += replacement;
        else
            out += escaped.empty() ? character : escaped;
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

}  // namespace stampede::reports
