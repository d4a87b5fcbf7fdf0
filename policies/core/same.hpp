#pragma once
/// Whether two settings structs say the same, by their tables: a new field or struct needs no change here.

#include <algorithm>
#include <optional>
#include <tuple>
#include <variant>
#include <vector>

#include "policies/core/settings.hpp"

namespace stampede {

template <class T>
[[nodiscard]] bool same(const T& a, const T& b) {
    if constexpr (Settings<T>) {
        return std::apply([&](const auto&... each) { return (same(a.*each.member, b.*each.member) && ...); },
                          T::fields());
    } else {
        return a == b;
    }
}

template <class T>
[[nodiscard]] bool same(const std::optional<T>& a, const std::optional<T>& b) {
    return a && b ? same(*a, *b) : a.has_value() == b.has_value();
}

template <class T>
[[nodiscard]] bool same(const std::vector<T>& a, const std::vector<T>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const T& x, const T& y) { return same(x, y); });
}

template <Settings... T>
[[nodiscard]] bool same(const std::variant<T...>& a, const std::variant<T...>& b) {
    return a.index() == b.index() &&
           std::visit([&](const auto& one) { return same(one, std::get<std::decay_t<decltype(one)>>(b)); }, a);
}

}  // namespace stampede
