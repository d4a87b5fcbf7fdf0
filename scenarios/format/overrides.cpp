#include "scenarios/format/overrides.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "scenarios/format/shape.hpp"
#include "scenarios/format/suggest.hpp"

namespace stampede::scenarios {
namespace {

/// One step of a path: "timeout[1]".
struct Step {
    std::string_view name;
    std::optional<std::size_t> index;
    std::size_t at = 0;  ///< bytes of the path before it
    std::size_t length = 0;
};

std::optional<Step> parse_step(std::string_view text, std::size_t at) {
    Step step{text, std::nullopt, at, text.size()};
    const auto bracket = text.find('[');
    if (bracket != std::string_view::npos) {
        if (text.size() < bracket + 3) return std::nullopt;
        step.name = text.substr(0, bracket);
        std::size_t index = 0;
        const char* const end = text.data() + text.size() - 1;
        const auto [stop, error] = std::from_chars(text.data() + bracket + 1, end, index);
        if (error != std::errc{} || stop != end || *end != ']') return std::nullopt;
        step.index = index;
    }
    return step.name.empty() ? std::nullopt : std::optional(step);
}

std::optional<std::vector<Step>> parse_steps(std::string_view text) {
    std::vector<Step> steps;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find('.', begin), text.size());
        const auto step = parse_step(text.substr(begin, end - begin), begin);
        if (!step) return std::nullopt;
        steps.push_back(*step);
        begin = end + 1;
    }
    return steps;
}

/// The name of the alternative that a node chooses; empty where the node is not written as a choice.
std::string_view chosen_name(const Node& node) {
    if (node.is(Node::Kind::string)) return node.text;
    if (node.is(Node::Kind::object) && node.children.size() == 1) return node.children.front().key;
    return {};
}

/// Walks down the tree and the shape together, putting in what is missing on the way.
class Setter {
public:
    Setter(const Path& path, std::vector<Step> steps, Node value, Mistakes& mistakes)
        : path_(path), steps_(std::move(steps)), value_(std::move(value)), mistakes_(mistakes) {}

    void set(Node& node, const Shape& shape) {
        if (next_ == steps_.size()) return replace(node);
        switch (shape.kind) {
            case Shape::Kind::object:
                return into_object(node, shape);
            case Shape::Kind::one_of:
                return into_choice(node, shape);
            case Shape::Kind::list:
                return into_list(node, shape);
            case Shape::Kind::table:
                return into_table(node, shape);
            case Shape::Kind::thresholds:
                return into_thresholds(node);
            default:
                return fail(fmt::format("nothing is inside {}: it is a single value", so_far()));
        }
    }

private:
    [[nodiscard]] const Step& step() const { return steps_[next_]; }

    /// The path up to here, for messages.
    [[nodiscard]] std::string so_far() const {
        return next_ == 0 ? "a scenario"
                          : in_quotes(path_.text.substr(0, steps_[next_ - 1].at + steps_[next_ - 1].length));
    }

    /// At the step where the path leads nowhere.
    void fail(std::string message, std::string hint = {}) {
        const Step& at = steps_[std::min(next_, steps_.size() - 1)];
        // The text between the quotes may hold escapes; then its bytes are not the path's and all of it is underlined.
        const bool verbatim = path_.source->text.compare(path_.span.begin, path_.text.size(), path_.text) == 0;
        const std::size_t begin = path_.span.begin + at.at;
        mistakes_.add(*path_.source, verbatim ? Span{begin, begin + at.length} : path_.span, std::move(message),
                      std::move(hint));
    }

    void replace(Node& node) {
        value_.key = std::move(node.key);
        value_.key_span = node.key_span;
        node = std::move(value_);
    }

    Node& append(Node& object, std::string_view key, const Json& value) {
        Node child = to_node(value, *path_.source, path_.span);
        child.key = key;
        object.children.push_back(std::move(child));
        return object.children.back();
    }

    bool expect_kind(const Node& node, Node::Kind kind) {
        if (node.is(kind)) return true;
        fail(fmt::format("{} is {} here: the path cannot go into it", so_far(), what_is(node)));
        return false;
    }

    void into_object(Node& node, const Shape& shape) {
        if (!expect_kind(node, Node::Kind::object)) return;
        const Property* property = shape.find(step().name);
        if (property == nullptr)
            return fail(fmt::format("{} has no setting {}", so_far(), in_quotes(step().name)),
                        suggest(step().name, shape.names()));
        Node* child = node.find(step().name);
        const std::optional<std::size_t> index = step().index;
        if (index && property->shape.kind != Shape::Kind::list)
            return fail(fmt::format("{} is no list", in_quotes(step().name)));
        if (child == nullptr) child = &append(node, step().name, start_of(node, shape, *property));
        if (index) return into_element(*child, property->shape, *index);
        ++next_;
        set(*child, property->shape);
    }

    /// What a setting that the file leaves out starts from, so that one part of it can be set.
    static Json start_of(const Node& object, const Shape& shape, const Property& property) {
        if (const Node* named = object.find(dialect_key))
            for (const DialectDefaults& dialect : shape.dialects)
                if (dialect.name == named->text && dialect.fields.contains(property.name))
                    return dialect.fields[std::string(property.name)];
        if (!property.fallback.is_null()) return property.fallback;
        return property.shape.kind == Shape::Kind::list ? Json::array() : Json::object();
    }

    void into_choice(Node& node, const Shape& shape) {
        const Property* named = shape.find(step().name);
        const bool untold = node.is(Node::Kind::object) && node.children.empty();
        const bool whole = named != nullptr && next_ + 1 == steps_.size();
        if (named != nullptr && (untold || whole)) {
            make_choice(node, named->name);
            ++next_;
            return set(node.children.front(), named->shape);
        }
        if (untold)
            return fail(fmt::format("{} is not set: say which kind it is", so_far()), suggest("", shape.names()));
        const Property* chosen = shape.find(chosen_name(node));
        if (chosen == nullptr) return fail(fmt::format("{} is not written as one of its kinds", so_far()));
        if (named != nullptr && named != chosen)
            return fail(fmt::format("{} is \"{}\" here, not \"{}\"", so_far(), chosen->name, named->name),
                        "set all of it to change its kind");
        if (named != nullptr) ++next_;
        if (node.is(Node::Kind::string)) make_choice(node, chosen->name);
        set(node.children.front(), chosen->shape);
    }

    /// "full" becomes { "full": {} }.
    void make_choice(Node& node, std::string_view name) {
        node.kind = Node::Kind::object;
        node.text.clear();
        node.children.clear();
        append(node, name, Json::object());
    }

    void into_element(Node& list, const Shape& shape, std::size_t index) {
        if (!expect_kind(list, Node::Kind::list)) return;
        if (index >= list.children.size())
            return fail(
                fmt::format("there is no element {}: {} are listed, counted from 0", index, list.children.size()));
        ++next_;
        set(list.children[index], shape.element());
    }

    /// Elements of a list of choices are addressed by the name of what they are.
    void into_list(Node& node, const Shape& shape) {
        if (!expect_kind(node, Node::Kind::list)) return;
        const Shape& element = shape.element();
        std::vector<Node*> matching;
        std::vector<std::string_view> present;
        for (Node& child : node.children) {
            present.push_back(chosen_name(child));
            if (chosen_name(child) == step().name) matching.push_back(&child);
        }
        if (element.kind != Shape::Kind::one_of || matching.empty())
            return fail(fmt::format("{} has no {}", so_far(), in_quotes(step().name)), suggest(step().name, present));
        if (!step().index && matching.size() > 1)
            return fail(fmt::format("{} occurs {} times", in_quotes(step().name), matching.size()),
                        fmt::format("write {0}[0] for the first, {0}[1] for the second", step().name));
        const std::size_t index = step().index.value_or(0);
        if (index >= matching.size())
            return fail(fmt::format("there is no {}[{}]: it occurs {}, counted from 0", step().name, index,
                                    matching.size() == 1 ? "once" : fmt::format("{} times", matching.size())));
        into_choice(*matching[index], element);
    }

    void into_table(Node& node, const Shape& shape) {
        if (!expect_kind(node, Node::Kind::object)) return;
        Node* child = node.find(step().name);
        std::vector<std::string_view> present;
        for (const Node& each : node.children) present.push_back(each.key);
        if (child == nullptr)
            return fail(fmt::format("{} has no {}", so_far(), in_quotes(step().name)), suggest(step().name, present));
        if (step().index && shape.element().kind != Shape::Kind::list)
            return fail(fmt::format("{} is no list", in_quotes(step().name)));
        if (step().index) return into_element(*child, shape.element(), *step().index);
        ++next_;
        set(*child, shape.element());
    }

    /// The names of metrics have dots in them: all the rest of the path is one.
    void into_thresholds(Node& node) {
        if (!expect_kind(node, Node::Kind::object)) return;
        const std::string_view metric = path_.text.substr(step().at);
        Node* child = node.find(metric);
        replace(child != nullptr ? *child : append(node, metric, nullptr));
    }

    const Path& path_;
    std::vector<Step> steps_;
    Node value_;
    Mistakes& mistakes_;
    std::size_t next_ = 0;  ///< the step to take
};

}  // namespace

void set_value(Node& root, const Path& path, Node value, Mistakes& mistakes) {
    auto steps = parse_steps(path.text);
    if (!steps) {
        mistakes.add(*path.source, path.span, fmt::format("{} is no path", in_quotes(path.text)),
                     "write as in policies.checkout.retry.jitter or policies.checkout.timeout[1].after");
        return;
    }
    Setter{path, std::move(*steps), std::move(value), mistakes}.set(root, scenario_shape());
}

}  // namespace stampede::scenarios
