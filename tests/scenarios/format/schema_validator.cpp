#include "tests/scenarios/format/schema_validator.hpp"

#include <cmath>
#include <regex>
#include <set>

namespace stampede::scenarios {
namespace {

using Json = nlohmann::ordered_json;

bool has_type(const Json& value, const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "null") return value.is_null();
    if (type == "number") return value.is_number();
    return type == "integer" && value.is_number() && std::trunc(value.get<double>()) == value.get<double>();
}
bool matches(const std::string& text, const std::string& pattern) {
    return std::regex_search(text, std::regex(pattern, std::regex::ECMAScript));
}
std::size_t count_valid(const Json& schemas, const Json& value, const std::string& at) {
    std::size_t count = 0;
    for (const Json& schema : schemas) count += violation(schema, value, at).empty() ? 1 : 0;
    return count;
}
bool has_all(const Json& value, const Json& keys) {
    if (!value.is_object()) return true;
    for (const Json& key : keys)
        if (!value.contains(key.get<std::string>())) return false;
    return true;
}
std::string each(const Json& value, bool applies, const Json& schema, const std::string& at) {
    if (!applies) return {};
    for (const auto& [key, item] : value.items())
        if (std::string wrong = violation(schema, item, at + "/" + key); !wrong.empty()) return wrong;
    return {};
}
std::string properties(const Json& value, const Json& schemas, const std::string& at) {
    if (!value.is_object()) return {};
    for (const auto& [key, item] : value.items())
        if (schemas.contains(key))
            if (std::string wrong = violation(schemas[key], item, at + "/" + key); !wrong.empty()) return wrong;
    return {};
}
std::string names(const Json& value, const Json& schema, const std::string& at) {
    if (!value.is_object()) return {};
    for (const auto& [key, item] : value.items())
        if (std::string wrong = violation(schema, Json(key), at + "/" + key); !wrong.empty()) return wrong;
    return {};
}
std::string additional(const Json& schema, const Json& value, const Json& rule, const std::string& at) {
    if (!value.is_object()) return {};
    const Json known = schema.value("properties", Json::object());
    for (const auto& [key, item] : value.items()) {
        if (known.contains(key)) continue;
        if (rule.is_boolean()) return at + ": additional property " + key;
        if (std::string wrong = violation(rule, item, at + "/" + key); !wrong.empty()) return wrong;
    }
    return {};
}

std::string apply(const Json& schema, const std::string& keyword, const Json& rule, const Json& value,
                  const std::string& at) {
    static const std::set<std::string> remarks{"$schema", "title", "description", "default"};
    const auto verdict = [&](bool holds) { return holds ? std::string{} : at + ": " + keyword + " " + rule.dump(); };
    if (remarks.count(keyword) != 0) return {};
    if (keyword == "type") return verdict(has_type(value, rule));
    if (keyword == "const") return verdict(value == rule);
    if (keyword == "minimum") return verdict(!value.is_number() || value >= rule);
    if (keyword == "maximum") return verdict(!value.is_number() || value <= rule);
    if (keyword == "exclusiveMinimum") return verdict(!value.is_number() || value > rule);
    if (keyword == "minProperties") return verdict(!value.is_object() || value.size() >= rule);
    if (keyword == "pattern") return verdict(!value.is_string() || matches(value, rule));
    if (keyword == "oneOf") return verdict(count_valid(rule, value, at) == 1);
    if (keyword == "anyOf") return verdict(count_valid(rule, value, at) >= 1);
    if (keyword == "required") return verdict(has_all(value, rule));
    if (keyword == "items") return each(value, value.is_array(), rule, at);
    if (keyword == "properties") return properties(value, rule, at);
    if (keyword == "propertyNames") return names(value, rule, at);
    if (keyword == "additionalProperties") return additional(schema, value, rule, at);
    return "the schema has an unknown keyword " + keyword;
}

}  // namespace

std::string violation(const Json& schema, const Json& value, const std::string& at) {
    for (const auto& [keyword, rule] : schema.items())
        if (std::string wrong = apply(schema, keyword, rule, value, at); !wrong.empty()) return wrong;
    return {};
}

}  // namespace stampede::scenarios
