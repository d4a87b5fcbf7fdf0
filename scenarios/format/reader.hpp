#pragma once
/// Reads any settings struct from a tree, led by its `fields()` table. A new field or struct needs no change here.
/// A value that is wrong is reported and left as it was, so that one pass finds all mistakes.

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "policies/core/dialect.hpp"
#include "policies/core/same.hpp"
#include "policies/core/settings.hpp"
#include "scenarios/format/conditions.hpp"
#include "scenarios/format/mistakes.hpp"
#include "scenarios/format/node.hpp"
#include "scenarios/format/scalars.hpp"
#include "scenarios/format/suggest.hpp"
#include "scenarios/format/traits.hpp"

namespace stampede::scenarios {

template <class T>
void read_value(const Node& node, T& value, const Limits& limits, Mistakes& mistakes);

/// False, and a mistake, where the node is not of that kind.
[[nodiscard]] bool expect(const Node& node, Node::Kind kind, std::string_view expected, Mistakes& mistakes);

/// A mistake for every member that is not among the known names.
void reject_unknown(const Node& object, const std::vector<std::string_view>& known, Mistakes& mistakes);

/// What one of several is written as: a bare name, or an object with one member.
struct Alternative {
    std::size_t index;
    const Node* settings;  ///< null for a bare name
};
[[nodiscard]] std::optional<Alternative> read_alternative(const Node& node, const std::vector<std::string_view>& known,
                                                          Mistakes& mistakes);

/// A rule that a struct broke, told at the member that breaks it.
class ProblemsAt final : public Problems {
public:
    ProblemsAt(const Node& node, Mistakes& mistakes) : node_(node), mistakes_(mistakes) {}
    void add(std::string_view field, std::string message) override;

private:
    const Node& node_;
    Mistakes& mistakes_;
};

template <Settings T>
[[nodiscard]] std::vector<std::string_view> known_keys() {
    std::vector<std::string_view> names;
    if constexpr (Dialectal<T>) names.push_back(dialect_key);
    for_each_field<T>([&](const auto& field) { names.push_back(field.name); });
    if constexpr (requires { T::beside; }) names.insert(names.end(), T::beside.begin(), T::beside.end());
    return names;
}

/// Starts the settings from the defaults of the dialect that the object names.
template <Settings T>
void read_dialect(const Node& object, T& settings, Mistakes& mistakes) {
    if constexpr (Dialectal<T>) {
        const Node* named = object.find(dialect_key);
        if (named == nullptr) return;
        std::vector<std::string_view> names;
        for (const Dialect each : T::dialects) names.push_back(choice_name(each));
        if (const auto at = read_word(*named, names, mistakes)) settings = T::of(T::dialects[*at]);
    }
}

/// Whether a setting is other than where nothing was said.
template <Settings T, class Holder, class Value>
[[nodiscard]] bool given_by_dialect(const T& settings, Value Holder::*member) {
    if constexpr (Dialectal<T>) return !same(settings.*member, T{}.*member);
    return false;
}

/// Rules over values that are not there would mislead: nothing is said after other mistakes in the same settings.
template <Settings T>
void check_settings(const Node& node, const T& settings, std::size_t mistakes_before, Mistakes& mistakes) {
    if constexpr (Checked<T>) {
        if (mistakes.count() != mistakes_before) return;
        ProblemsAt problems{node, mistakes};
        settings.check(problems);
    }
}

/// What the settings are written as, with the members that must be there.
template <Settings T>
[[nodiscard]] std::string object_of() {
    std::string names;
    for_each_field<T>([&](const auto& field) {
        if (field.is_required) names += fmt::format("{}\"{}\"", names.empty() ? " with " : " and ", field.name);
    });
    return "an object" + names;
}

template <Settings T>
void read_settings(const Node& node, T& settings, Mistakes& mistakes) {
    if (!node.is(Node::Kind::object))
        return static_cast<void>(expect(node, Node::Kind::object, object_of<T>(), mistakes));
    const std::size_t mistakes_before = mistakes.count();
    reject_unknown(node, known_keys<T>(), mistakes);
    read_dialect(node, settings, mistakes);
    for_each_field<T>([&](const auto& field) {
        if (const Node* child = node.find(field.name))
            read_value(*child, settings.*field.member, field.limits, mistakes);
        else if (field.is_required && !given_by_dialect(settings, field.member))
            mistakes.add(node, fmt::format("\"{}\" is missing: {}", field.name, field.doc));
    });
    check_settings(node, settings, mistakes_before, mistakes);
}

template <class... Alternatives>
void read_variant(const Node& node, std::variant<Alternatives...>& value, Mistakes& mistakes) {
    static const std::vector<std::string_view> names{Alternatives::name...};
    const auto chosen = read_alternative(node, names, mistakes);
    if (!chosen) return;
    const auto read_as = [&]<class T>(std::size_t index, std::type_identity<T>) {
        if (index != chosen->index) return;
        // Of the kind that stands by default, what the file leaves out is as it is there.
        T settings = std::holds_alternative<T>(value) ? std::get<T>(value) : T{};
        if (chosen->settings != nullptr) {
            read_settings(*chosen->settings, settings, mistakes);
        } else {
            for_each_field<T>([&](const auto& field) {
                if (field.is_required)
                    mistakes.add(node, fmt::format("\"{}\" needs \"{}\"", T::name, field.name),
                                 fmt::format("write {{ \"{}\": {{ \"{}\": … }} }}", T::name, field.name));
            });
            check_settings(node, settings, mistakes.count(), mistakes);
        }
        value = std::move(settings);
    };
    std::size_t index = 0;
    (read_as(index++, std::type_identity<Alternatives>{}), ...);
}

/// Every element is kept, also a wrong one, so that the place in the list is the place in the file.
template <class T>
void read_list(const Node& node, std::vector<T>& list, Mistakes& mistakes) {
    if (!expect(node, Node::Kind::list, "a list", mistakes)) return;
    list.clear();
    for (const Node& child : node.children) {
        if (mistakes.full()) return;
        read_value(child, list.emplace_back(), Limits{}, mistakes);
    }
}

template <class T>
void read_table(const Node& node, Table<T>& table, Mistakes& mistakes) {
    if (!expect(node, Node::Kind::object, "an object", mistakes)) return;
    table.clear();
    for (const Node& child : node.children) {
        if (mistakes.full()) return;
        table.push_back({child.key, T{}});
        read_value(child, table.back().value, Limits{}, mistakes);
    }
}

template <class T>
void read_value(const Node& node, T& value, const Limits& limits, Mistakes& mistakes) {
    const auto keep = [&](auto&& result) {
        if (result) value = static_cast<T>(*std::forward<decltype(result)>(result));
    };
    const Limits range = limits_of<T>(limits);
    if constexpr (is_optional<T>) {
        value.reset();
        if (!node.is(Node::Kind::null)) read_value(node, value.emplace(), limits, mistakes);
    } else if constexpr (std::is_same_v<T, Duration>) {
        keep(read_duration(node, range, mistakes));
    } else if constexpr (std::is_same_v<T, Rate>) {
        keep(read_rate(node, range, mistakes));
    } else if constexpr (std::is_same_v<T, Size>) {
        keep(read_size(node, range, mistakes));
    } else if constexpr (std::is_same_v<T, Bandwidth>) {
        keep(read_bandwidth(node, range, mistakes));
    } else if constexpr (std::is_same_v<T, Share> || std::is_floating_point_v<T>) {
        keep(read_number(node, range, mistakes));
    } else if constexpr (std::is_same_v<T, bool>) {
        keep(read_boolean(node, mistakes));
    } else if constexpr (std::is_integral_v<T>) {
        keep(read_integer(node, range, mistakes));
    } else if constexpr (std::is_same_v<T, std::string>) {
        keep(read_text(node, mistakes));
    } else if constexpr (std::is_same_v<T, OutcomeSet>) {
        keep(read_outcomes(node, mistakes));
    } else if constexpr (Choosable<T>) {
        static constexpr auto all = choices(T{});
        std::vector<std::string_view> names;
        for (const auto& choice : all) names.push_back(choice.name);
        if (const auto at = read_word(node, names, mistakes)) value = all[*at].value;
    } else if constexpr (is_variant<T>) {
        read_variant(node, value, mistakes);
    } else if constexpr (std::is_same_v<T, std::vector<Threshold>>) {
        value = read_thresholds(node, mistakes);
    } else if constexpr (is_table<T>) {
        read_table(node, value, mistakes);
    } else if constexpr (is_vector<T>) {
        read_list(node, value, mistakes);
    } else {
        static_assert(Settings<T>, "a type that scenarios cannot hold");
        read_settings(node, value, mistakes);
    }
}

}  // namespace stampede::scenarios
