#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/format/conditions.hpp"
#include "scenarios/format/document.hpp"
#include "scenarios/format/presets.hpp"
#include "scenarios/format/scalars.hpp"
#include "scenarios/format/shape.hpp"
#include "scenarios/metrics/catalogue.hpp"

namespace stampede::scenarios {
namespace {

using Kind = Shape::Kind;

Json schema_of(const Shape& shape);

Json unit_schema(const Shape& shape, std::string_view endings, Written written) {
    Json result{{"type", "string"}, {"pattern", "^[0-9]+([.][0-9]+)?(" + std::string(endings) + ")$"}};
    if (const std::string range = range_text(shape.limits, written); !range.empty()) result["description"] = range;
    return result;
}

Json number_schema(const Shape& shape, std::string_view type) {
    Json result{{"type", type}};
    if (std::isfinite(shape.limits.low))
        result[shape.limits.low_open ? "exclusiveMinimum" : "minimum"] = written_number(shape.limits.low);
    if (std::isfinite(shape.limits.high)) result["maximum"] = written_number(shape.limits.high);
    return result;
}

/// Each name with what it means, which editors show.
Json words_schema(const std::vector<Word>& words) {
    Json alternatives = Json::array();
    for (const Word& word : words) alternatives.push_back({{"const", word.name}, {"description", word.doc}});
    return {{"oneOf", std::move(alternatives)}};
}

Json property_schema(const Property& property) {
    Json result = schema_of(property.shape);
    const std::string range = result.value("description", "");
    const Kind kind = property.shape.kind;
    const bool is_unit = kind == Kind::duration || kind == Kind::rate || kind == Kind::size || kind == Kind::bandwidth;
    result["description"] = std::string(property.doc) + (is_unit && !range.empty() ? " (" + range + ")" : "");
    if (!property.fallback.is_null()) result["default"] = property.fallback;
    return result;
}

Json object_schema(const Shape& shape) {
    Json result{{"type", "object"}};
    if (!shape.doc.empty()) result["description"] = shape.doc;
    Json properties = Json::object();
    Json required = Json::array();
    for (const Property& property : shape.properties) {
        properties[std::string(property.name)] = property_schema(property);
        if (property.is_required) required.push_back(property.name);
    }
    result["properties"] = std::move(properties);
    if (!required.empty() && !shape.dialects.empty())  // a dialect may have a default where we have none
        result["anyOf"] =
            Json::array({{{"required", std::move(required)}}, {{"required", Json::array({std::string(dialect_key)})}}});
    else if (!required.empty())
        result["required"] = std::move(required);
    result["additionalProperties"] = false;
    return result;
}

Json choice_schema(const Shape& shape) {
    Json alternatives = Json::array();
    for (const Property& each : shape.properties) {
        const std::string name(each.name);
        if (may_stand_bare(each.shape)) alternatives.push_back({{"const", name}, {"description", each.doc}});
        alternatives.push_back({{"type", "object"},
                                {"description", each.doc},
                                {"properties", {{name, schema_of(each.shape)}}},
                                {"required", Json::array({name})},
                                {"additionalProperties", false}});
    }
    return {{"oneOf", std::move(alternatives)}};
}

Json thresholds_schema() {
    Json properties = Json::object();
    const Json conditions{{"type", "array"}, {"items", {{"type", "string"}, {"pattern", condition_pattern}}}};
    for (const MetricInfo& metric : metrics()) {
        if (!metric.index.empty()) continue;
        Json property = conditions;
        property["description"] = std::string(metric.definition) + " [" + std::string(to_string(metric.unit)) + "]";
        properties[std::string(metric.name)] = std::move(property);
    }
    return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

/// Lists of what a line of a file can say may stand in one.
Json list_schema(const Shape& shape) {
    Json list{{"type", "array"}, {"items", schema_of(shape.element())}};
    if (shape.element().kind == Kind::one_of) return list;
    Json file{{"type", "object"},
              {"properties", {{"file", {{"type", "string"}, {"pattern", "\\.csv$"}}}}},
              {"required", Json::array({"file"})},
              {"additionalProperties", false},
              {"description", "the values of a CSV file whose first line names the columns"}};
    return {{"anyOf", Json::array({std::move(list), std::move(file)})}};
}

Json plain_schema(const Shape& shape) {
    switch (shape.kind) {
        case Kind::duration:
            return unit_schema(shape, "ns|us|ms|s|m|h", Written::duration);
        case Kind::rate:
            return unit_schema(shape, "/s|/m|/h", Written::rate);
        case Kind::size:
            return unit_schema(shape, "B|[kMG]B|[KMG]iB", Written::size);
        case Kind::bandwidth:
            return unit_schema(shape, "[kMG]?(bit|B)/s", Written::bandwidth);
        case Kind::share:
        case Kind::number:
            return number_schema(shape, "number");
        case Kind::integer:
            return number_schema(shape, "integer");
        case Kind::boolean:
            return {{"type", "boolean"}};
        case Kind::text:
            return {{"type", "string"}};
        case Kind::word:
            return words_schema(shape.words);
        case Kind::outcomes:
            return {{"type", "array"}, {"items", words_schema(shape.words)}};
        case Kind::object:
            return object_schema(shape);
        case Kind::one_of:
            return choice_schema(shape);
        case Kind::list:
            return list_schema(shape);
        case Kind::table:
            return {{"type", "object"},
                    {"propertyNames", {{"pattern", "^[^.\\[\\]=\\u0000-\\u001f]+$"}}},
                    {"additionalProperties", schema_of(shape.element())}};
        case Kind::thresholds:
            return thresholds_schema();
    }
    return {};
}

Json schema_of(const Shape& shape) {
    if (!shape.nullable) return plain_schema(shape);
    return {{"anyOf", Json::array({plain_schema(shape), {{"type", "null"}}})}};
}

/// In the place of a list of layers.
Json preset_schema() {
    std::vector<Word> words;
    for (const Preset& each : presets()) words.push_back({each.name, each.doc});
    Json property = words_schema(words);
    property["description"] = "a whole stack as a library puts it together; further keys are paths into its layers";
    return {{"type", "object"},
            {"properties", {{std::string(preset_key), std::move(property)}}},
            {"required", Json::array({std::string(preset_key)})}};
}

}  // namespace

nlohmann::ordered_json schema() {
    Json result{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "Stampede scenario"}};
    result.update(schema_of(scenario_shape()));
    Json& stack = result["properties"]["policies"]["additionalProperties"];
    stack = {{"anyOf", Json::array({stack, preset_schema()})}};
    result["properties"]["services"]["minProperties"] = 1;
    result["properties"]["clients"]["minProperties"] = 1;
    result["properties"]["$schema"] = {{"type", "string"}, {"description", "where this schema is, for editors"}};
    result["properties"]["variants"] = {
        {"type", "object"},
        {"description", "what `compare` compares: by name, settings (by path) that differ from the rest of the file"},
        {"additionalProperties", {{"type", "object"}}}};
    return result;
}

}  // namespace stampede::scenarios
