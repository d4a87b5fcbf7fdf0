#include "scenarios/format/scalars.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "scenarios/format/quantity.hpp"
#include "scenarios/format/suggest.hpp"

namespace stampede::scenarios {
namespace {

std::string limit_text(double limit, Written written) {
    switch (written) {
        case Written::duration:
            return text_of(from_seconds(limit));
        case Written::rate:
            return text_of(Rate{limit});
        case Written::size:
            return text_of(Size{limit});
        case Written::bandwidth:
            return text_of(Bandwidth{limit});
        case Written::plain:
            break;
    }
    return text_of(limit);
}

bool check_range(const Node& node, double value, const Limits& limits, Written written, Mistakes& mistakes) {
    if (limits.contains(value)) return true;
    const std::string shown = node.is(Node::Kind::string) ? in_quotes(node.text) : node.text.substr(0, 60);
    mistakes.add(node, fmt::format("{} is out of range: it must be {}", shown, range_text(limits, written)));
    return false;
}

struct Unit {
    std::string_view kind;
    std::string_view example;
    std::string_view units;
};
constexpr Unit duration_unit{"a duration", "250ms", duration_units};
constexpr Unit rate_unit{"a rate", "120/s", rate_units};
constexpr Unit size_unit{"a size", "16KiB", size_units};
constexpr Unit bandwidth_unit{"a bandwidth", "100Mbit/s", bandwidth_units};

void wrong_unit(const Node& node, const Unit& unit, Mistakes& mistakes) {
    const std::string hint =
        fmt::format("write a number and a unit, as in \"{}\"; units: {}", unit.example, unit.units);
    const bool bare = node.is(Node::Kind::number) || (node.is(Node::Kind::string) && parse_number(node.text));
    if (bare)
        mistakes.add(node, fmt::format("expected {}, found {} without a unit", unit.kind, what_is(node)), hint);
    else
        mistakes.add(node, fmt::format("expected {}, found {}", unit.kind, what_is(node)), hint);
}

void wrong_kind(const Node& node, std::string_view expected, Mistakes& mistakes) {
    mistakes.add(node, fmt::format("expected {}, found {}", expected, what_is(node)));
}

/// True in the ranges that matter to nobody: the type's own.
bool unbounded(double limit) {
    return std::abs(limit) >= static_cast<double>(std::numeric_limits<std::uint32_t>::max());
}

}  // namespace

std::string range_text(const Limits& limits, Written written) {
    const bool has_low = !std::isinf(limits.low);
    const bool has_high = written == Written::plain ? !unbounded(limits.high) || limits.high == 1e10
                                                    : limits.high < to_seconds(longest) && !std::isinf(limits.high);
    if (has_low && has_high && limits.low == limits.high) return limit_text(limits.low, written);
    const std::string low = has_low ? (limits.low_open ? "above " : "from ") + limit_text(limits.low, written) : "";
    if (!has_high) return has_low && !limits.low_open ? limit_text(limits.low, written) + " or more" : low;
    const std::string high = limit_text(limits.high, written);
    if (!has_low) return "at most " + high;
    return low + (limits.low_open ? " and at most " : " to ") + high;
}

std::optional<Duration> read_duration(const Node& node, const Limits& limits, Mistakes& mistakes) {
    const auto duration = node.is(Node::Kind::string) ? parse_duration(node.text) : std::nullopt;
    if (!duration) {
        wrong_unit(node, duration_unit, mistakes);
        return std::nullopt;
    }
    if (!check_range(node, to_seconds(*duration), limits, Written::duration, mistakes)) return std::nullopt;
    return duration;
}

std::optional<Rate> read_rate(const Node& node, const Limits& limits, Mistakes& mistakes) {
    const auto rate = node.is(Node::Kind::string) ? parse_rate(node.text) : std::nullopt;
    if (!rate) {
        wrong_unit(node, rate_unit, mistakes);
        return std::nullopt;
    }
    if (!check_range(node, rate->per_second, limits, Written::rate, mistakes)) return std::nullopt;
    return rate;
}

std::optional<Size> read_size(const Node& node, const Limits& limits, Mistakes& mistakes) {
    const auto size = node.is(Node::Kind::string) ? parse_size(node.text) : std::nullopt;
    if (!size) wrong_unit(node, size_unit, mistakes);
    if (!size || !check_range(node, size->bytes, limits, Written::size, mistakes)) return std::nullopt;
    return size;
}

std::optional<Bandwidth> read_bandwidth(const Node& node, const Limits& limits, Mistakes& mistakes) {
    const auto bandwidth = node.is(Node::Kind::string) ? parse_bandwidth(node.text) : std::nullopt;
    if (!bandwidth) wrong_unit(node, bandwidth_unit, mistakes);
    if (!bandwidth || !check_range(node, bandwidth->bytes_per_s, limits, Written::bandwidth, mistakes))
        return std::nullopt;
    return bandwidth;
}

std::optional<double> read_number(const Node& node, const Limits& limits, Mistakes& mistakes) {
    const auto number = node.is(Node::Kind::number) ? parse_number(node.text) : std::nullopt;
    if (!number) {
        wrong_kind(node, "a number", mistakes);
        return std::nullopt;
    }
    if (!check_range(node, *number, limits, Written::plain, mistakes)) return std::nullopt;
    return number;
}

std::optional<double> read_integer(const Node& node, const Limits& limits, Mistakes& mistakes) {
    const auto number = node.is(Node::Kind::number) ? parse_number(node.text) : std::nullopt;
    if (!number || std::trunc(*number) != *number) {
        wrong_kind(node, "a whole number", mistakes);
        return std::nullopt;
    }
    if (!check_range(node, *number, limits, Written::plain, mistakes)) return std::nullopt;
    return number;
}

std::optional<bool> read_boolean(const Node& node, Mistakes& mistakes) {
    if (node.is(Node::Kind::boolean)) return node.boolean;
    wrong_kind(node, "true or false", mistakes);
    return std::nullopt;
}

std::optional<std::string> read_text(const Node& node, Mistakes& mistakes) {
    if (node.is(Node::Kind::string)) return node.text;
    wrong_kind(node, "a text", mistakes);
    return std::nullopt;
}

std::optional<std::size_t> read_word(const Node& node, const std::vector<std::string_view>& known, Mistakes& mistakes) {
    if (!node.is(Node::Kind::string)) {
        mistakes.add(node, fmt::format("expected a name, found {}", what_is(node)), suggest("", known));
        return std::nullopt;
    }
    for (std::size_t i = 0; i < known.size(); ++i)
        if (known[i] == node.text) return i;
    mistakes.add(node, fmt::format("unknown name {}", in_quotes(node.text)), suggest(node.text, known));
    return std::nullopt;
}

std::optional<OutcomeSet> read_outcomes(const Node& node, Mistakes& mistakes) {
    if (!node.is(Node::Kind::list)) {
        wrong_kind(node, "a list of outcomes", mistakes);
        return std::nullopt;
    }
    std::vector<std::string_view> known;
    for (const OutcomeName& each : outcome_names) known.push_back(each.name);
    OutcomeSet outcomes;
    for (const Node& child : node.children) {
        if (mistakes.full()) break;
        if (const auto at = read_word(child, known, mistakes)) outcomes.insert(outcome_names[*at].outcome);
    }
    return outcomes;
}

}  // namespace stampede::scenarios
