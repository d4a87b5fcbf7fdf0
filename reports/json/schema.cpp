#include "reports/json/schema.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "reports/json/json.hpp"
#include "reports/report.hpp"
#include "scenarios/metrics/catalogue.hpp"

namespace stampede::reports {
namespace {

using Json = nlohmann::ordered_json;
using Members = std::initializer_list<std::pair<const char*, Json>>;

Json typed(std::string_view type, std::string_view doc = {}) {
    Json schema{{"type", type}};
    if (!doc.empty()) schema["description"] = doc;
    return schema;
}

Json ref(std::string_view name) { return {{"$ref", "#/definitions/" + std::string(name)}}; }

Json list_of(Json items, std::string_view doc = {}) {
    Json schema = typed("array", doc);
    schema["items"] = std::move(items);
    return schema;
}

Json table_of(Json values, std::string_view doc = {}) {
    Json schema = typed("object", doc);
    schema["additionalProperties"] = std::move(values);
    return schema;
}

/// An object that has all of the first members, may have the others, and has nothing else.
Json object(Members required, Members optional = {}) {
    Json schema = typed("object");
    schema["required"] = Json::array();
    schema["properties"] = Json::object();
    for (const auto& [name, member] : required) {
        schema["required"].push_back(name);
        schema["properties"][name] = member;
    }
    for (const auto& [name, member] : optional) schema["properties"][name] = member;
    schema["additionalProperties"] = false;
    return schema;
}

Json words(std::initializer_list<std::string_view> known) {
    Json schema{{"enum", Json::array()}};
    for (std::string_view word : known) schema["enum"].push_back(word);
    return schema;
}

Json whole() { return {{"type", "integer"}, {"minimum", 0}}; }
Json seconds() { return {{"type", "number"}, {"minimum", 0}}; }
Json share() { return {{"type", "number"}, {"minimum", 0}}; }
Json maybe_number() { return {{"type", Json::array({"number", "null"})}}; }
Json maybe_numbers() { return {{"anyOf", Json::array({list_of(ref("value")), {{"type", "null"}}})}}; }

Json metric_names() {
    Json names = Json::array();
    for (const MetricInfo& each : metrics()) names.push_back(each.name);
    return {{"enum", std::move(names)}};
}

/// What stands at the top for the whole run and under "by" for each part. A metric that only parts have, has no more
/// than "by".
Json with_parts(Members fields, Members optional = {}) {
    const Json part = object(fields, optional);
    Json whole_run = part;
    whole_run["properties"]["by"] = table_of(part, "each service or population of clients");
    return {{"anyOf", Json::array({std::move(whole_run), object({{"by", table_of(part)}})})}};
}

Json metrics_of_variant() {
    Json schema = typed("object", "by name; `stampede explain NAME` defines each");
    schema["properties"] = Json::object();
    for (const MetricInfo& each : metrics()) {
        Json metric = ref(each.index.empty() ? "metric" : "listed_metric");
        schema["properties"][std::string(each.name)] = std::move(metric);
    }
    schema["additionalProperties"] = false;
    return schema;
}

Json variant() {
    return object(
        {{"name", typed("string")},
         {"set", typed("object", "what makes it, over the scenario: values by path")},
         {"seeds", list_of(whole(), "those that finished")},
         {"fingerprints", list_of({{"type", "string"}, {"pattern", "^[0-9a-f]{16}$"}}, "one for each seed")},
         {"metrics", metrics_of_variant()},
         {"series", table_of(ref("series"))},
         {"faults", list_of(object({{"kind", typed("string")},
                                    {"subject", typed("string")},
                                    {"begin_s", seconds()},
                                    {"end_s", seconds()}}))},
         {"breakers", object({{"count", whole()}, {"lanes", list_of(ref("lane"))}})},
         {"latency", object({{"buckets", ref("buckets")}, {"by", table_of(ref("buckets"))}})},
         {"trace", object({{"columns", {{"const", trace_columns}}},
                           {"spans", list_of(list_of({{"type", Json::array({"string", "number"})}}))},
                           {"truncated", typed("boolean")}})},
         {"failures", list_of(object({{"seed", whole()}, {"what", typed("string")}, {"command", typed("string")}}))}},
        {{"stopped_by",
          list_of(object({{"seed", whole()}, {"limit", typed("string", "of run.limits")}, {"at_s", seconds()}}),
                  "runs that a limit ended before their time")},
         {"drawn_faults", list_of(object({{"seed", whole()},
                                          {"faults", list_of(object({{"kind", typed("string")},
                                                                     {"subject", typed("string")},
                                                                     {"begin_s", seconds()},
                                                                     {"end_s", seconds()},
                                                                     {"from", whole()}},
                                                                    {{"strength", share()}}))}}),
                                  "for each seed; absent where none were drawn")}});
}

Json lane() {
    return object({{"name", typed("string")},
                   {"changes", list_of(object({{"at_s", seconds()},
                                               {"from", words({"closed", "open", "half_open"})},
                                               {"to", words({"closed", "open", "half_open"})},
                                               {"reason", typed("string")}}))}});
}

Json comparison() {
    return object({{"metric", metric_names()},
                   {"a", typed("string")},
                   {"b", typed("string")},
                   {"pairs", whole()},
                   {"difference", maybe_number()},
                   {"lo", maybe_number()},
                   {"hi", maybe_number()},
                   {"p", maybe_number()},
                   {"p_corrected", maybe_number()},
                   {"effect", maybe_number()},
                   {"rank_biserial", maybe_number()},
                   {"test", words({"none", "t", "wilcoxon"})},
                   {"verdict", words({"b lower", "b higher", "no difference shown"})}});
}

Json threshold() {
    return object({{"metric", typed("string")},
                   {"condition", typed("string")},
                   {"value", ref("value")},
                   {"passed", typed("boolean")},
                   {"variant", typed("string")}});
}

Json precision() {
    return object({{"target", share()},
                   {"most_seeds", whole()},
                   {"reached", typed("boolean")},
                   {"widths", list_of(object({{"variant", typed("string")},
                                              {"metric", metric_names()},
                                              {"relative_half_width", ref("value")}}))}});
}

Json environment() {
    return object({{"seconds", share()},
                   {"parallel", whole()},
                   {"attempts_per_s", share()},
                   {"events_per_s", share()},
                   {"peak_rss_mib", share()}},
                  {{"run_seconds", share()}});
}

Json definitions() {
    return {{"value",
             {{"description", "a number; \"never\" for a time that did not come, null where nothing was measured"},
              {"anyOf", Json::array({{{"type", "number"}}, {{"const", "never"}}, {{"type", "null"}}})}}},
            {"metric", with_parts({{"unit", typed("string")},
                                   {"mean", ref("value")},
                                   {"median", ref("value")},
                                   {"lo", maybe_number()},
                                   {"hi", maybe_number()},
                                   {"per_seed", list_of(ref("value"), "in the order of the variant's seeds")}},
                                  {{"nevers", whole()}})},
            {"listed_metric", with_parts({{"unit", typed("string")},
                                          {"index", typed("string")},
                                          {"mean", list_of(ref("value"))},
                                          {"lo", maybe_numbers()},
                                          {"hi", maybe_numbers()}})},
            {"series", with_parts({{"unit", typed("string")},
                                   {"bin_s", seconds()},
                                   {"mean", list_of(ref("value"))},
                                   {"lo", maybe_numbers()},
                                   {"hi", maybe_numbers()}})},
            {"buckets", list_of({{"type", "array"}, {"items", seconds()}, {"minItems", 2}, {"maxItems", 2}},
                                "upper edge in seconds, count")},
            {"lane", lane()},
            {"variant", variant()},
            {"comparison", comparison()},
            {"threshold", threshold()}};
}

}  // namespace

Json report_schema() {
    Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", "Stampede report"}};
    Json variants = list_of(ref("variant"));
    variants["minItems"] = 1;
    schema.update(object({{"stampede", {{"const", format_version}}},
                          {"version", typed("string", "of the program")},
                          {"command", typed("string", "makes this report again; empty where that is not known")},
                          {"scenario", typed("object", "as run, after --set, without variants")},
                          {"seeds", list_of(whole(), "that were asked for")},
                          {"interrupted", typed("boolean", "some runs are missing")},
                          {"variants", std::move(variants)},
                          {"comparisons", list_of(ref("comparison"))},
                          {"thresholds", list_of(ref("threshold"))}},
                         {{"precision", precision()}, {"environment", environment()}}));
    schema["definitions"] = definitions();
    return schema;
}

}  // namespace stampede::reports
