#pragma once
/// A tree of JSON that must have a shape: every function answers what it is asked for or throws a `Misfit`.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "scenarios/format/node.hpp"

namespace stampede::reports {

/// What does not fit, and where. The first one ends the reading of a report: it was made by a program, not by hand, so
/// one mistake says all.
struct Misfit {
    const scenarios::Node* node;
    std::string message;
};

[[noreturn]] void refuse(const scenarios::Node& node, std::string message);

/// The member, which must be there; `object` must be one.
[[nodiscard]] const scenarios::Node& member(const scenarios::Node& object, std::string_view name);

/// The elements of a list, or the members of an object.
[[nodiscard]] const std::vector<scenarios::Node>& elements(const scenarios::Node& list);
[[nodiscard]] const std::vector<scenarios::Node>& members(const scenarios::Node& object);

[[nodiscard]] const std::string& text(const scenarios::Node& node);
[[nodiscard]] bool flag(const scenarios::Node& node);

/// A number; `null` is not-a-number and "never" infinity, as the report writes them.
[[nodiscard]] double number(const scenarios::Node& node);

/// From 0 to `most`.
[[nodiscard]] std::uint64_t whole(const scenarios::Node& node, std::uint64_t most = UINT64_MAX);

/// Seconds from 0 on, finite.
[[nodiscard]] double seconds_of(const scenarios::Node& node);

/// "expected "open", "closed" or …" for a word that is none of them.
[[noreturn]] void refuse_word(const scenarios::Node& node, const std::vector<std::string_view>& known);

/// The value whose `to_string` is the text, of an enumeration's values.
template <class Enum>
[[nodiscard]] Enum word(const scenarios::Node& node, std::span<const Enum> values) {
    std::vector<std::string_view> known;
    for (Enum value : values) {
        known.push_back(to_string(value));
        if (known.back() == text(node)) return value;
    }
    refuse_word(node, known);
}

template <class Convert>
[[nodiscard]] auto list_of(const scenarios::Node& list, Convert&& convert) {
    std::vector<std::decay_t<decltype(convert(list))>> result;
    result.reserve(elements(list).size());
    for (const scenarios::Node& each : elements(list)) result.push_back(convert(each));
    return result;
}

}  // namespace stampede::reports
