#pragma once
/// Which of the ways of writing a type of settings is written in.

#include <algorithm>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"
#include "scenarios/format/sizes.hpp"

namespace stampede::scenarios {

namespace detail {
template <class T>
struct Optional : std::false_type {};
template <class T>
struct Optional<std::optional<T>> : std::true_type {};
template <class T>
struct Variant : std::false_type {};
template <class... T>
struct Variant<std::variant<T...>> : std::true_type {};
template <class T>
struct Vector : std::false_type {};
template <class T>
struct Vector<std::vector<T>> : std::true_type {};
template <class T>
struct TableOf : std::false_type {};
template <class T>
struct TableOf<std::vector<Named<T>>> : std::true_type {
    using Value = T;
};
}  // namespace detail

template <class T>
inline constexpr bool is_optional = detail::Optional<T>::value;
template <class T>
inline constexpr bool is_variant = detail::Variant<T>::value;
template <class T>
inline constexpr bool is_vector = detail::Vector<T>::value;
template <class T>
inline constexpr bool is_table = detail::TableOf<T>::value;
template <class T>
using table_value = typename detail::TableOf<T>::Value;

/// The field's limits and those that the type brings along.
template <class T>
[[nodiscard]] constexpr Limits limits_of(Limits limits) {
    const auto within = [&](double low, double high) {
        if (limits.low < low) limits.low = low, limits.low_open = false;
        limits.high = std::min(limits.high, high);
    };
    if constexpr (std::is_same_v<T, Duration>) within(0, to_seconds(longest));
    if constexpr (std::is_same_v<T, Rate> || std::is_same_v<T, Size> || std::is_same_v<T, Bandwidth>)
        within(0, std::numeric_limits<double>::max());
    if constexpr (std::is_same_v<T, Share>) within(0, 1);
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>)
        within(static_cast<double>(std::numeric_limits<T>::min()), static_cast<double>(std::numeric_limits<T>::max()));
    return limits;
}

}  // namespace stampede::scenarios
