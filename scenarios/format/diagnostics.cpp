#include "scenarios/format/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "scenarios/format/utf8.hpp"

namespace stampede::scenarios {
namespace {

struct Paint {
    std::string_view bold, error, hint, off;
};
constexpr Paint plain{"", "", "", ""};
constexpr Paint ansi{"\033[1m", "\033[1;31m", "\033[36m", "\033[0m"};

/// As wide as `text` is shown: tabs stay tabs, every other character takes one column.
std::string blank(std::string_view text, char fill) {
    std::string result;
    while (!text.empty()) {
        result += text[0] == '\t' ? '\t' : fill;
        text.remove_prefix(std::max<std::size_t>(1, character_length(text)));
    }
    return result;
}

std::string caret_line(const Diagnostic& d) {
    const std::string_view text = d.text;
    const std::size_t begin = std::min(d.indent, text.size());
    const std::string under = blank(text.substr(begin, d.length), '~');
    return blank(text.substr(0, begin), ' ') + '^' + (under.empty() ? "" : under.substr(1));
}

std::string render_one(const Diagnostic& d, const Paint& paint) {
    std::string result = fmt::format("{}{}:{}:{}: {}error:{} {}{}{}\n", paint.bold, printable(d.source), d.line,
                                     d.column, paint.error, paint.off, paint.bold, d.message, paint.off);
    result += fmt::format("  {}\n  {}{}{}\n", printable(d.text), paint.error, caret_line(d), paint.off);
    if (!d.hint.empty()) result += fmt::format("  {}{}{}\n", paint.hint, d.hint, paint.off);
    return result;
}

}  // namespace

std::string render(const Diagnostics& diagnostics, bool colour) {
    std::string result;
    for (const Diagnostic& diagnostic : diagnostics) result += render_one(diagnostic, colour ? ansi : plain);
    return result;
}

}  // namespace stampede::scenarios
