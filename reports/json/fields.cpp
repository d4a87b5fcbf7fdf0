#include "reports/json/fields.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "scenarios/format/suggest.hpp"

namespace stampede::reports {
namespace {

using scenarios::Node;
using Kind = Node::Kind;

void expect(const Node& node, Kind kind, std::string_view what) {
    if (!node.is(kind)) refuse(node, fmt::format("expected {}, found {}", what, what_is(node)));
}

template <class Number>
std::optional<Number> converted(std::string_view digits) {
    Number value{};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

}  // namespace

void refuse(const Node& node, std::string message) { throw Misfit{&node, std::move(message)}; }

void refuse_word(const Node& node, const std::vector<std::string_view>& known) {
    refuse(node,
           fmt::format("unknown word {}: {}", scenarios::in_quotes(text(node)), scenarios::suggest(text(node), known)));
}

const Node& member(const Node& object, std::string_view name) {
    expect(object, Kind::object, fmt::format("an object with a \"{}\"", name));
    if (const Node* found = object.find(name)) return *found;
    refuse(object, fmt::format("\"{}\" is missing here", name));
}

const std::vector<Node>& elements(const Node& list) {
    expect(list, Kind::list, "a list");
    return list.children;
}

const std::vector<Node>& members(const Node& object) {
    expect(object, Kind::object, "an object");
    return object.children;
}

const std::string& text(const Node& node) {
    expect(node, Kind::string, "a text");
    return node.text;
}

bool flag(const Node& node) {
    expect(node, Kind::boolean, "true or false");
    return node.boolean;
}

double number(const Node& node) {
    if (node.is(Kind::null)) return std::numeric_limits<double>::quiet_NaN();
    if (node.is(Kind::string) && node.text == "never") return std::numeric_limits<double>::infinity();
    expect(node, Kind::number, "a number, \"never\" or null");
    const auto value = converted<double>(node.text);
    if (!value || !std::isfinite(*value)) refuse(node, "a number outside what a double can hold");
    return *value;
}

std::uint64_t whole(const Node& node, std::uint64_t most) {
    const auto value = node.is(Kind::number) ? converted<std::uint64_t>(node.text) : std::nullopt;
    if (!value || *value > most)
        refuse(node, fmt::format("expected a whole number from 0 to {}, found {}", most, what_is(node)));
    return *value;
}

double seconds_of(const Node& node) {
    const double value = number(node);
    if (!std::isfinite(value) || value < 0)
        refuse(node, fmt::format("expected seconds from 0 on, found {}", what_is(node)));
    return value;
}

}  // namespace stampede::reports
