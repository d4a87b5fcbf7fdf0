#pragma once
/// What must hold for the reader of CSV files on any bytes whatever; shared by the fuzzer and by ordinary tests.

#include <nlohmann/json.hpp>
#include <string>

#include "scenarios/format/csv.hpp"
#include "tests/fuzz/reader_properties.hpp"

namespace stampede::scenarios {

/// What is wrong with a value's place in the text; empty where nothing is.
inline std::string broken_by_place(const Node& node, std::size_t size) {
    if (node.span.begin > node.span.end || node.span.end > size) return "a value beyond the text";
    for (const Node& child : node.children)
        if (std::string broken = broken_by_place(child, size); !broken.empty()) return broken;
    return {};
}

/// Reads `text`; answers what is broken, or nothing.
inline std::string broken_by_csv(const std::string& text) {
    const Source source{"fuzz.csv", text, 0};
    Mistakes mistakes;
    const auto list = parse_csv(source, mistakes);
    if (list.has_value() != (mistakes.count() == 0)) return "the answer and the mistakes differ";
    Diagnostics diagnostics;
    mistakes.move_to(diagnostics);
    if (!list) return broken_by_diagnostics(text, diagnostics);
    if (!list->is(Node::Kind::list) || list->children.size() > max_csv_rows) return "no list, or too long a one";
    return broken_by_place(*list, text.size());
}

}  // namespace stampede::scenarios
