#include "scenarios/format/node.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "scenarios/format/utf8.hpp"

namespace stampede::scenarios {
namespace {

using Json = nlohmann::ordered_json;

template <class Number>
std::optional<Number> whole(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

Json number_to_json(const std::string& text) {
    if (const auto natural = whole<std::uint64_t>(text)) return *natural;
    if (const auto integer = whole<std::int64_t>(text)) return *integer;
    return whole<double>(text).value_or(0);
}

Node::Kind kind_of(const Json& value) {
    if (value.is_null()) return Node::Kind::null;
    if (value.is_boolean()) return Node::Kind::boolean;
    if (value.is_number()) return Node::Kind::number;
    if (value.is_string()) return Node::Kind::string;
    return value.is_array() ? Node::Kind::list : Node::Kind::object;
}

}  // namespace

const Node* Node::find(std::string_view name) const noexcept {
    if (kind != Kind::object) return nullptr;
    for (const Node& child : children)
        if (child.key == name) return &child;
    return nullptr;
}

Node* Node::find(std::string_view name) noexcept {
    return const_cast<Node*>(static_cast<const Node&>(*this).find(name));
}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t longest_quote = 60;
    const bool cut = text.size() > longest_quote;
    return '"' + printable(cut ? text.substr(0, longest_quote) : text) + (cut ? "…\"" : "\"");
}

std::string what_is(const Node& node) {
    switch (node.kind) {
        case Node::Kind::null:
            return "null";
        case Node::Kind::boolean:
            return node.boolean ? "true" : "false";
        case Node::Kind::number:
            return "the number " + node.text.substr(0, 60);
        case Node::Kind::string:
            return "the text " + in_quotes(node.text);
        case Node::Kind::list:
            return "a list";
        case Node::Kind::object:
            return "an object";
    }
    return "?";
}

Json to_json(const Node& node) {
    switch (node.kind) {
        case Node::Kind::null:
            return nullptr;
        case Node::Kind::boolean:
            return node.boolean;
        case Node::Kind::number:
            return number_to_json(node.text);
        case Node::Kind::string:
            return node.text;
        case Node::Kind::list: {
            Json list = Json::array();
            for (const Node& child : node.children) list.push_back(to_json(child));
            return list;
        }
        case Node::Kind::object:
            break;
    }
    Json object = Json::object();
    for (const Node& child : node.children) object[child.key] = to_json(child);
    return object;
}

Node to_node(const Json& value, const Source& source, Span span) {
    Node node;
    node.kind = kind_of(value);
    node.span = node.key_span = span;
    node.source = &source;
    if (value.is_boolean()) node.boolean = value.get<bool>();
    if (value.is_string()) node.text = value.get<std::string>();
    if (value.is_number()) node.text = value.dump();
    if (!value.is_structured()) return node;
    for (const auto& [key, child] : value.items()) {
        node.children.push_back(to_node(child, source, span));
        if (value.is_object()) node.children.back().key = key;
    }
    return node;
}

}  // namespace stampede::scenarios
