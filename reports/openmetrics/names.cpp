#include "reports/openmetrics/names.hpp"

#include "scenarios/format/utf8.hpp"

namespace stampede::reports {
namespace {

std::string_view unit_name(Unit unit) {
    switch (unit) {
        case Unit::per_second:
            return "per_second";
        case Unit::per_minute:
            return "per_minute";
        case Unit::seconds:
            return "seconds";
        case Unit::ratio:
        case Unit::share:
            return "ratio";
        case Unit::count:
        case Unit::yes_no:
            break;
    }
    return {};
}

std::string_view without(std::string_view text, std::string_view suffix) {
    return text.ends_with(suffix) ? text.substr(0, text.size() - suffix.size()) : text;
}

/// Letters, digits and underscores; the prefix sees to it that it does not begin with a digit.
std::string legal(std::string_view text) {
    std::string out;
    for (char c : text) {
        const bool is_legal = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        out += is_legal ? c : '_';
    }
    return out;
}

FamilyName with_unit(std::string name, std::string_view unit) {
    if (!unit.empty() && !name.ends_with(unit)) name.append("_").append(unit);
    return {std::move(name), std::string(unit)};
}

}  // namespace

FamilyName family_name(const MetricInfo& metric) {
    std::string_view name = metric.name;
    for (std::string_view suffix : {".total", "_total", "_histogram", "_per_s"}) name = without(name, suffix);
    return with_unit("stampede_" + legal(name), unit_name(metric.unit));
}

FamilyName series_family_name(std::string_view series, std::string_view unit) {
    return with_unit("stampede_series_" + legal(series), unit == "1/bin"   ? "per_second"
                                                         : unit == "share" ? "ratio"
                                                                           : "");
}

std::string label_value(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t length = scenarios::character_length(text);
        const std::string_view character = text.substr(0, length);
        if (length == 0)
            out += "\xEF\xBF\xBD";
        else if (character == "\n")
            out += "\\n";
        else
            out.append(character == "\\" || character == "\"" ? "\\" : "").append(character);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

}  // namespace stampede::reports
