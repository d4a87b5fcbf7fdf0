#pragma once
/// What may be written, as data: made from the `fields()` tables at run time, so that schema, documentation and
/// overrides are ordinary code that knows no settings struct by name.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "policies/core/dialect.hpp"
#include "policies/core/outcome.hpp"
#include "policies/core/settings.hpp"
#include "scenarios/format/quantity.hpp"
#include "scenarios/format/scenario.hpp"
#include "scenarios/format/traits.hpp"

namespace stampede::scenarios {

using Json = nlohmann::ordered_json;

struct Property;

struct Word {
    std::string_view name;
    std::string_view doc;
};

/// What the fields of an object are where they are left out and this dialect is named.
struct DialectDefaults {
    std::string_view name;
    Json fields;
};

struct Shape {
    enum class Kind : std::uint8_t {
        duration,
        rate,
        size,
        bandwidth,
        share,
        integer,
        number,
        boolean,
        text,
        word,        ///< one of `words`
        outcomes,    ///< a list of names of outcomes
        object,      ///< `properties`
        one_of,      ///< one of `properties` by its name
        list,        ///< of `element()`
        table,       ///< names of the file's own, each with an `element()`
        thresholds,  ///< names of metrics, each with a list of conditions
    };

    Kind kind{};
    std::string_view doc;
    Limits limits;
    bool nullable = false;  ///< may be null, which means left out
    std::vector<Word> words;
    std::vector<Property> properties;
    std::vector<Shape> elements;            ///< exactly one of a list or a table
    std::vector<DialectDefaults> dialects;  ///< of an object that can name one

    [[nodiscard]] const Shape& element() const { return elements.front(); }
    [[nodiscard]] const Property* find(std::string_view name) const;
    [[nodiscard]] std::vector<std::string_view> names() const;
};

/// A field of an object, or an alternative of a choice.
struct Property {
    std::string_view name;
    std::string_view doc;
    bool is_required = false;
    Json fallback;  ///< what is meant where it is left out; null for nothing
    Shape shape;
};

/// An alternative that has no required fields can be written as its bare name.
[[nodiscard]] bool may_stand_bare(const Shape& alternative);

/// The shape of a scenario file, without `variants`.
[[nodiscard]] const Shape& scenario_shape();

// ── Values as they are written ───────────────────────────────────────────────────────────────────────────────────

template <class T>
[[nodiscard]] Json written(const T& value);

template <Settings T>
[[nodiscard]] Json written_fields(const T& settings) {
    Json object = Json::object();
    for_each_field<T>([&](const auto& field) {
        Json value = written(settings.*field.member);
        if (!value.is_null()) object[std::string(field.name)] = std::move(value);
    });
    return object;
}

template <Settings T>
[[nodiscard]] bool has_no_required() {
    bool none = true;
    for_each_field<T>([&](const auto& field) { none = none && !field.is_required; });
    return none;
}

/// Whole numbers without a point: 2, not 2.0.
[[nodiscard]] Json written_number(double value);

template <class T>
Json written(const T& value) {
    if constexpr (std::is_same_v<T, Duration> || std::is_same_v<T, Rate> || std::is_same_v<T, Size> ||
                  std::is_same_v<T, Bandwidth>) {
        return text_of(value);
    } else if constexpr (std::is_same_v<T, Share> || std::is_floating_point_v<T>) {
        return written_number(value);
    } else if constexpr (std::is_same_v<T, OutcomeSet>) {
        Json names = Json::array();
        for (const OutcomeName& each : outcome_names)
            if (value.contains(each.outcome)) names.push_back(each.name);
        return names;
    } else if constexpr (Choosable<T>) {
        return choice_name(value);
    } else if constexpr (is_optional<T>) {
        return value ? written(*value) : Json(nullptr);
    } else if constexpr (is_variant<T>) {
        return std::visit(
            [](const auto& chosen) -> Json {
                using Chosen = std::decay_t<decltype(chosen)>;
                Json fields = written_fields(chosen);
                if (has_no_required<Chosen>() && fields == written_fields(Chosen{})) return Chosen::name;
                Json object = Json::object();
                object[std::string(Chosen::name)] = std::move(fields);
                return object;
            },
            value);
    } else if constexpr (Settings<T>) {
        return written_fields(value);
    } else if constexpr (std::is_same_v<T, std::vector<Duration>>) {
        Json list = Json::array();
        for (const Duration each : value) list.push_back(written(each));
        return list;
    } else if constexpr (is_vector<T>) {
        return nullptr;  // lists and tables are empty where nothing is said
    } else {
        return value;
    }
}

// ── Shapes of types ──────────────────────────────────────────────────────────────────────────────────────────────

template <class T>
[[nodiscard]] Shape shape_of(Limits limits = {});

template <Dialectal T>
[[nodiscard]] Property dialect_property() {
    Shape word;
    word.kind = Shape::Kind::word;
    for (const auto& choice : choices(Dialect{}))
        if (knows(T::dialects, choice.value)) word.words.push_back({choice.name, choice.doc});
    return {dialect_key, "library whose defaults the settings left out have", false, nullptr, std::move(word)};
}

template <Settings T>
[[nodiscard]] std::vector<Property> properties_of() {
    std::vector<Property> properties;
    const T defaults{};
    if constexpr (Dialectal<T>) properties.push_back(dialect_property<T>());
    for_each_field<T>([&](const auto& field) {
        using Type = std::decay_t<decltype(defaults.*field.member)>;
        Json fallback = field.is_required ? Json(nullptr) : written(defaults.*field.member);
        properties.push_back(
            {field.name, field.doc, field.is_required, std::move(fallback), shape_of<Type>(field.limits)});
    });
    return properties;
}

template <class... Alternatives>
[[nodiscard]] std::vector<Property> alternatives_of(const std::variant<Alternatives...>*) {
    std::vector<Property> alternatives;
    (alternatives.push_back({Alternatives::name, Alternatives::doc, false, nullptr, shape_of<Alternatives>()}), ...);
    return alternatives;
}

template <class T>
Shape shape_of(Limits limits) {
    using Kind = Shape::Kind;
    Shape shape;
    shape.limits = limits_of<T>(limits);
    if constexpr (is_optional<T>) {
        shape = shape_of<typename T::value_type>(limits);
        shape.nullable = true;
    } else if constexpr (std::is_same_v<T, Duration>) {
        shape.kind = Kind::duration;
    } else if constexpr (std::is_same_v<T, Rate>) {
        shape.kind = Kind::rate;
    } else if constexpr (std::is_same_v<T, Size>) {
        shape.kind = Kind::size;
    } else if constexpr (std::is_same_v<T, Bandwidth>) {
        shape.kind = Kind::bandwidth;
    } else if constexpr (std::is_same_v<T, Share>) {
        shape.kind = Kind::share;
    } else if constexpr (std::is_same_v<T, bool>) {
        shape.kind = Kind::boolean;
    } else if constexpr (std::is_integral_v<T>) {
        shape.kind = Kind::integer;
    } else if constexpr (std::is_floating_point_v<T>) {
        shape.kind = Kind::number;
    } else if constexpr (std::is_same_v<T, std::string>) {
        shape.kind = Kind::text;
    } else if constexpr (std::is_same_v<T, OutcomeSet>) {
        shape.kind = Kind::outcomes;
        for (const OutcomeName& each : outcome_names) shape.words.push_back({each.name, each.meaning});
    } else if constexpr (Choosable<T>) {
        shape.kind = Kind::word;
        for (const auto& choice : choices(T{})) shape.words.push_back({choice.name, choice.doc});
    } else if constexpr (is_variant<T>) {
        shape.kind = Kind::one_of;
        shape.properties = alternatives_of(static_cast<const T*>(nullptr));
    } else if constexpr (std::is_same_v<T, std::vector<Threshold>>) {
        shape.kind = Kind::thresholds;
    } else if constexpr (is_table<T>) {
        shape.kind = Kind::table;
        shape.elements.push_back(shape_of<table_value<T>>());
    } else if constexpr (is_vector<T>) {
        shape.kind = Kind::list;
        shape.elements.push_back(shape_of<typename T::value_type>());
    } else {
        static_assert(Settings<T>, "a type that scenarios cannot hold");
        shape.kind = Kind::object;
        shape.doc = T::doc;
        shape.properties = properties_of<T>();
        if constexpr (Dialectal<T>)
            for (const Dialect dialect : T::dialects)
                shape.dialects.push_back({choice_name(dialect), written(T::of(dialect))});
    }
    return shape;
}

}  // namespace stampede::scenarios
