#include "scenarios/format/mistakes.hpp"

#include <algorithm>
#include <tuple>

#include "scenarios/format/utf8.hpp"

namespace stampede::scenarios {
namespace {

/// Longer lines are shown around the place only: a whole file may be one line.
constexpr std::size_t shown_before = 80;
constexpr std::size_t shown_after = 80;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

Diagnostic diagnose(const Source& source, Span span) {
    const std::string_view text = source.text;
    const std::size_t begin = std::min(span.begin, text.size());
    const std::size_t line_begin = begin == 0 ? 0 : text.rfind('\n', begin - 1) + 1;  // npos + 1 is 0
    std::size_t line_end = std::min(text.find('\n', begin), text.size());
    if (line_end > begin && text[line_end - 1] == '\r') --line_end;

    std::size_t shown_from = begin - line_begin > shown_before ? begin - shown_before : line_begin;
    while (shown_from < begin && continues_character(text[shown_from])) ++shown_from;
    std::size_t shown_to = std::min(line_end, begin + shown_after);
    while (shown_to > begin && shown_to < line_end && continues_character(text[shown_to])) --shown_to;

    Diagnostic result;
    result.source = source.name;
    result.line =
        1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
    result.column = begin - line_begin + 1;
    result.length = std::max<std::size_t>(1, std::min(span.end, line_end) - std::min(begin, line_end));
    result.text = text.substr(shown_from, shown_to - shown_from);
    result.indent = begin - shown_from;
    return result;
}

}  // namespace

void Mistakes::add(const Source& source, Span span, std::string message, std::string hint) {
    if (!full()) list_.push_back({&source, span, std::move(message), std::move(hint), Cause::what_is_written});
}

void Mistakes::add(const Node& node, std::string message, std::string hint) {
    const bool braced = node.is(Node::Kind::object) || node.is(Node::Kind::list);
    const Span opening{node.span.begin, std::min(node.span.begin + 1, node.span.end)};
    add(*node.source, braced ? opening : node.span, std::move(message), std::move(hint));
}

void Mistakes::add_at_key(const Node& node, std::string message, std::string hint) {
    add(*node.source, node.key_span, std::move(message), std::move(hint));
}

void Mistakes::add_file(const Node& name, std::string message, Cause cause) {
    if (!full()) list_.push_back({name.source, name.span, std::move(message), {}, cause});
}

void Mistakes::move_to(Diagnostics& diagnostics) {
    const auto place = [](const Mistake& m) { return std::tuple{m.source->order, m.span.begin}; };
    std::stable_sort(list_.begin(), list_.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    const auto same = [&](const Mistake& a, const Mistake& b) {
        return place(a) == place(b) && a.message == b.message;
    };
    list_.erase(std::unique(list_.begin(), list_.end(), same), list_.end());
    for (Mistake& mistake : list_) {
        Diagnostic diagnostic = diagnose(*mistake.source, mistake.span);
        diagnostic.message = std::move(mistake.message);
        diagnostic.hint = std::move(mistake.hint);
        diagnostic.cause = mistake.cause;
        diagnostics.push_back(std::move(diagnostic));
    }
    list_.clear();
}

}  // namespace stampede::scenarios
