#include "scenarios/format/reader.hpp"

#include <algorithm>

namespace stampede::scenarios {

bool expect(const Node& node, Node::Kind kind, std::string_view expected, Mistakes& mistakes) {
    if (node.is(kind)) return true;
    mistakes.add(node, fmt::format("expected {}, found {}", expected, what_is(node)));
    return false;
}

void reject_unknown(const Node& object, const std::vector<std::string_view>& known, Mistakes& mistakes) {
    for (const Node& child : object.children) {
        if (mistakes.full()) return;
        if (std::find(known.begin(), known.end(), child.key) == known.end())
            mistakes.add_at_key(child, "unknown key " + in_quotes(child.key), suggest(child.key, known));
    }
}

std::optional<Alternative> read_alternative(const Node& node, const std::vector<std::string_view>& known,
                                            Mistakes& mistakes) {
    if (node.is(Node::Kind::string)) {
        const auto index = read_word(node, known, mistakes);
        if (!index) return std::nullopt;
        return Alternative{*index, nullptr};
    }
    if (!node.is(Node::Kind::object) || node.children.size() != 1) {
        const std::string found =
            node.is(Node::Kind::object) ? fmt::format("{} of them", node.children.size()) : what_is(node);
        mistakes.add(node, fmt::format("expected an object with exactly one kind in it, found {}", found),
                     suggest("", known));
        return std::nullopt;
    }
    const Node& only = node.children.front();
    const auto name = std::find(known.begin(), known.end(), only.key);
    if (name == known.end()) {
        mistakes.add_at_key(only, "unknown kind " + in_quotes(only.key), suggest(only.key, known));
        return std::nullopt;
    }
    return Alternative{static_cast<std::size_t>(name - known.begin()), &only};
}

void ProblemsAt::add(std::string_view field, std::string message) {
    const Node* child = node_.find(field);
    mistakes_.add(child != nullptr ? *child : node_, std::move(message));
}

}  // namespace stampede::scenarios
