#pragma once
/// One table a strategy says its parameters once. Reading, unknown-key errors, the JSON Schema, `stampede list`
/// and the documentation all come from it.
///
///     struct TimeoutSettings {
///         Duration after{};
///         static constexpr std::string_view name = "timeout";
///         static constexpr std::string_view doc = "Gives up after a time.";
///         static constexpr auto fields() {
///             return std::tuple{field("after", &TimeoutSettings::after, "Time from …").required().above(0)};
///         }
///     };
///
/// The default of a field is what a default-constructed settings struct holds. Its type says how it is written:
/// Duration "250ms", Rate "120/s", Share 0…1, integers, double, bool, std::string, an enumeration with `choices`,
/// OutcomeSet a list of outcome names, std::optional (may be left out), another settings struct (an object),
/// std::variant of settings structs (one of several, by name), std::vector (a list), Table (an object, in file order).

#include <array>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "policies/core/outcome.hpp"

namespace stampede {

/// A number from 0 to 1.
struct Share {
    double value = 0;
    constexpr Share() = default;
    constexpr Share(double share) : value(share) {}      // NOLINT(google-explicit-constructor): a share is a number
    constexpr operator double() const { return value; }  // NOLINT(google-explicit-constructor)
};

/// Events a second.
struct Rate {
    double per_second = 0;
    friend constexpr bool operator==(Rate, Rate) = default;
};

/// Something with a name that the file gives it.
template <class T>
struct Named {
    std::string name;
    T value;
};

/// Named things in the order of the file.
template <class T>
using Table = std::vector<Named<T>>;

/// The range that a value must lie in; a Duration is given in seconds, a Rate in events a second.
struct Limits {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool low_open = false;  ///< `low` itself is out of range

    [[nodiscard]] constexpr bool contains(double x) const { return (low_open ? x > low : x >= low) && x <= high; }
};

template <class Struct, class Type>
struct Field {
    std::string_view name;
    Type Struct::*member;
    std::string_view doc;  ///< one sentence
    Limits limits{};
    bool is_required = false;

    [[nodiscard]] constexpr Field required() const {
        Field copy = *this;
        copy.is_required = true;
        return copy;
    }
    [[nodiscard]] constexpr Field from(double low) const {
        Field copy = *this;
        copy.limits.low = low;
        return copy;
    }
    [[nodiscard]] constexpr Field above(double low) const {
        Field copy = from(low);
        copy.limits.low_open = true;
        return copy;
    }
    [[nodiscard]] constexpr Field up_to(double high) const {
        Field copy = *this;
        copy.limits.high = high;
        return copy;
    }
};

template <class Struct, class Type>
[[nodiscard]] constexpr Field<Struct, Type> field(std::string_view name, Type Struct::*member, std::string_view doc) {
    return {name, member, doc};
}

/// A struct that describes itself.
template <class T>
concept Settings = requires {
    T::fields();
    { T::doc } -> std::convertible_to<std::string_view>;
};

/// Calls `visit(field)` for every field, in the order of the table.
template <Settings T, class Visit>
constexpr void for_each_field(Visit&& visit) {
    std::apply([&](const auto&... each) { (visit(each), ...); }, T::fields());
}

/// One value of an enumeration as it is written. Enumerations offer `constexpr std::array choices(E)`, found by
/// argument-dependent look-up.
template <class E>
struct Choice {
    E value;
    std::string_view name;
    std::string_view doc;
};

template <class E>
concept Choosable = std::is_enum_v<E> && requires(E e) {
    choices(e);
};

template <Choosable E>
[[nodiscard]] constexpr std::string_view choice_name(E value) {
    for (const auto& choice : choices(value))
        if (choice.value == value) return choice.name;
    return "?";
}

[[nodiscard]] constexpr auto choices(Outcome) {
    std::array<Choice<Outcome>, outcome_count> all{};
    for (std::size_t i = 0; i < outcome_count; ++i)
        all[i] = {outcome_names[i].outcome, outcome_names[i].name, outcome_names[i].meaning};
    return all;
}

/// What one field cannot say alone ("min must not be above max"). A settings struct that has such rules offers
/// `void check(Problems&) const`.
class Problems {
public:
    virtual void add(std::string_view field, std::string message) = 0;

protected:
    ~Problems() = default;
};

template <class T>
concept Checked = requires(const T& settings, Problems& problems) {
    settings.check(problems);
};

/// Whose one instance of a layer is: that is what "the breaker" means in a fleet.
enum class Scope : std::uint8_t { client, group, all };

[[nodiscard]] constexpr auto choices(Scope) {
    return std::array{
        Choice<Scope>{Scope::client, "client", "each client has its own"},
        Choice<Scope>{Scope::group, "group", "the clients of a group share one"},
        Choice<Scope>{Scope::all, "all", "all clients of the population share one"},
    };
}

}  // namespace stampede
