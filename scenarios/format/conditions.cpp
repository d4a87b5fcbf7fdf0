#include "scenarios/format/conditions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/format/quantity.hpp"
#include "scenarios/format/reader.hpp"
#include "scenarios/format/suggest.hpp"

namespace stampede::scenarios {
namespace {

template <class E>
struct Spelling {
    std::string_view text;
    E value;
};
constexpr Spelling<Statistic> statistics[] = {{"mean", Statistic::mean},
                                              {"median", Statistic::median},
                                              {"p95", Statistic::p95},
                                              {"min", Statistic::min},
                                              {"max", Statistic::max}};
/// The longer ones first: "<=" begins with "<".
constexpr Spelling<Comparator> comparators[] = {{"<=", Comparator::less_equal},
                                                {">=", Comparator::greater_equal},
                                                {"<", Comparator::less},
                                                {">", Comparator::greater}};

template <class E, std::size_t n>
std::optional<E> take(std::string_view& text, const Spelling<E> (&spellings)[n]) {
    for (const auto& spelling : spellings) {
        if (!text.starts_with(spelling.text)) continue;
        text.remove_prefix(spelling.text.size());
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        return spelling.value;
    }
    return std::nullopt;
}

template <class E, std::size_t n>
std::string_view spelled(E value, const Spelling<E> (&spellings)[n]) {
    for (const auto& spelling : spellings)
        if (spelling.value == value) return spelling.text;
    return "?";
}

/// In the metric's own unit. A rate may be written with a unit or, in the metric's own, without.
std::optional<double> parse_value(std::string_view text, Unit unit) {
    if (unit == Unit::seconds) {
        const auto duration = parse_duration(text);
        return duration ? std::optional(to_seconds(*duration)) : std::nullopt;
    }
    const bool is_rate = unit == Unit::per_second || unit == Unit::per_minute;
    if (is_rate)
        if (const auto rate = parse_rate(text)) return rate->per_second * (unit == Unit::per_minute ? 60 : 1);
    return parse_number(text);
}

std::string how_written(Unit unit) {
    switch (unit) {
        case Unit::seconds:
            return fmt::format("a duration; units: {}", duration_units);
        case Unit::per_second:
            return "a number of events a second, or a rate such as \"120/s\"";
        case Unit::per_minute:
            return "a number of events a minute, or a rate such as \"2/m\"";
        case Unit::share:
        case Unit::yes_no:
            return "a number from 0 to 1";
        case Unit::count:
        case Unit::ratio:
            break;
    }
    return "a number";
}

bool in_range(double value, Unit unit) {
    const bool is_share = unit == Unit::share || unit == Unit::yes_no;
    return !is_share || (value >= 0 && value <= 1);
}

std::optional<Condition> read_condition(const Node& node, const MetricInfo& metric, Mistakes& mistakes) {
    if (!expect(node, Node::Kind::string, "a condition such as \"p95 < 20s\"", mistakes)) return std::nullopt;
    std::string_view rest = node.text;
    Condition condition;
    condition.text = node.text;
    condition.statistic = take(rest, statistics).value_or(Statistic::mean);
    const auto comparator = take(rest, comparators);
    if (!comparator) {
        mistakes.add(
            node,
            fmt::format("{} is no condition: expected <, <=, > or >= at {}", in_quotes(node.text), in_quotes(rest)),
            "write as in \"< 3\" or \"p95 < 20s\"; statistics over the seeds: mean median p95 min max");
        return std::nullopt;
    }
    const auto value = parse_value(rest, metric.unit);
    if (!value || !in_range(*value, metric.unit)) {
        mistakes.add(node, fmt::format("{} is no value of {}", in_quotes(rest), metric.name),
                     "expected " + how_written(metric.unit));
        return std::nullopt;
    }
    condition.comparator = *comparator;
    condition.value = *value;
    return condition;
}

const MetricInfo* read_metric(const Node& node, Mistakes& mistakes) {
    const auto metric = find_metric(node.key);
    if (!metric) {
        std::vector<std::string_view> known;
        for (const MetricInfo& each : metrics()) known.push_back(each.name);
        mistakes.add_at_key(node, "unknown metric " + in_quotes(node.key), suggest(node.key, known));
        return nullptr;
    }
    const MetricInfo& found = info(*metric);
    if (found.index.empty()) return &found;
    mistakes.add_at_key(node,
                        fmt::format("{} is a list by {}; a threshold needs a single number", found.name, found.index));
    return nullptr;
}

}  // namespace

std::string_view to_string(Statistic statistic) { return spelled(statistic, statistics); }
std::string_view to_string(Comparator comparator) { return spelled(comparator, comparators); }

std::vector<Threshold> read_thresholds(const Node& node, Mistakes& mistakes) {
    std::vector<Threshold> thresholds;
    if (!expect(node, Node::Kind::object, "an object", mistakes)) return thresholds;
    for (const Node& child : node.children) {
        if (mistakes.full()) break;
        const MetricInfo* metric = read_metric(child, mistakes);
        if (metric == nullptr || !expect(child, Node::Kind::list, "a list of conditions", mistakes)) continue;
        Threshold& threshold = thresholds.emplace_back();
        threshold.metric = child.key;
        for (const Node& each : child.children) {
            if (mistakes.full()) break;
            if (auto condition = read_condition(each, *metric, mistakes))
                threshold.conditions.push_back(std::move(*condition));
        }
    }
    return thresholds;
}

}  // namespace stampede::scenarios
