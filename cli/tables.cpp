#include "cli/tables.hpp"

#include <fmt/format.h>

namespace stampede::cli {
namespace {

using scenarios::DialectText;
using scenarios::ItemText;
using scenarios::ParameterText;

/// A bar would end the cell.
std::string cell(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '|') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string code(std::string_view text) { return '`' + cell(text) + '`'; }

bool is_word(const ParameterText& p) { return p.default_value == "required" || p.default_value == "none"; }

std::string default_of(const ParameterText& p) { return is_word(p) ? p.default_value : code(p.default_value); }

std::string listed(const std::vector<ParameterText>& settings) {
    std::string text;
    for (const ParameterText& p : settings)
        text += fmt::format("{}{} {}", text.empty() ? "" : "; ", code(p.name), default_of(p));
    return text;
}

std::string dialects_of(const ItemText& item) {
    if (item.dialects.empty()) return "";
    std::string text = "\n| dialect | where it differs |\n|---|---|\n";
    for (const DialectText& dialect : item.dialects)
        text += fmt::format("| {} | {} |\n", code(dialect.name),
                            dialect.settings.empty() ? "nowhere" : listed(dialect.settings));
    return text;
}

}  // namespace

std::string table_of(const ItemText& item) {
    if (item.parameters.empty()) return {};
    std::string text = "| setting | type | range | default | meaning |\n|---|---|---|---|---|\n";
    for (const ParameterText& p : item.parameters)
        text += fmt::format("| {} | {} | {} | {} | {} |\n", code(p.name), cell(p.type), cell(p.range), default_of(p),
                            cell(p.doc));
    return text + dialects_of(item);
}

std::string table_of(const scenarios::FamilyText& family) {
    std::string text = "| name | what it is | settings |\n|---|---|---|\n";
    for (const ItemText& item : family.items)
        text += fmt::format("| {} | {} | {} |\n", code(item.name), cell(item.doc), listed(item.parameters));
    return text;
}

}  // namespace stampede::cli
