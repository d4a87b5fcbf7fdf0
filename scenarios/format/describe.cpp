#include "scenarios/format/describe.hpp"

#include <fmt/format.h>

#include "scenarios/format/scalars.hpp"

namespace stampede::scenarios {
namespace {

using Kind = Shape::Kind;

template <class Names>
std::string joined(const Names& names) {
    std::string result;
    for (const auto& each : names) result += (result.empty() ? "" : " | ") + std::string(each.name);
    return result;
}

std::string type_text(const Shape& shape) {
    switch (shape.kind) {
        case Kind::duration:
            return "duration";
        case Kind::rate:
            return "rate";
        case Kind::share:
            return "share";
        case Kind::integer:
            return "whole number";
        case Kind::number:
            return "number";
        case Kind::boolean:
            return "true | false";
        case Kind::text:
            return "text";
        case Kind::word:
            return joined(shape.words);
        case Kind::outcomes:
            return "list of outcomes";
        case Kind::one_of:
            return joined(shape.properties);
        case Kind::object:
            return "object";
        case Kind::list:
            return "list";
        case Kind::table:
            return "object by name";
        case Kind::thresholds:
            return "conditions by metric";
    }
    return "?";
}

Written written_as(Kind kind) {
    if (kind == Kind::duration) return Written::duration;
    return kind == Kind::rate ? Written::rate : Written::plain;
}

std::string default_text(const Property& property) {
    if (property.is_required) return "required";
    if (property.fallback.is_null() || property.fallback == "") return "none";
    return property.fallback.is_string() ? property.fallback.get<std::string>() : property.fallback.dump();
}

void add_parameters(const Shape& object, const std::string& prefix, std::vector<ParameterText>& list) {
    for (const Property& property : object.properties) {
        const std::string name = prefix + std::string(property.name);
        const bool nested = property.shape.kind == Kind::object;
        const bool by_default = !property.fallback.is_null() || property.is_required;
        if (!nested || !by_default)
            list.push_back({name, type_text(property.shape), default_text(property),
                            range_text(property.shape.limits, written_as(property.shape.kind)),
                            std::string(property.doc)});
        if (nested) add_parameters(property.shape, name + '.', list);
    }
}

FamilyText choices_family(std::string name, std::string doc, const Shape& one_of) {
    FamilyText family{std::move(name), std::move(doc), {}};
    for (const Property& each : one_of.properties)
        family.items.push_back({std::string(each.name), std::string(each.doc), parameters(each.shape)});
    return family;
}

FamilyText words_family(std::string name, std::string doc, const Shape& shape) {
    FamilyText family{std::move(name), std::move(doc), {}};
    for (const Word& word : shape.words) family.items.push_back({std::string(word.name), std::string(word.doc), {}});
    return family;
}

template <class T>
ItemText section(std::string name) {
    return {std::move(name), std::string(T::doc), parameters_of<T>()};
}

std::vector<FamilyText> all_families() {
    return {
        choices_family("policies", "layers of a stack, as in \"policies\"", shape_of<LayerSettings>()),
        choices_family("backoffs", "how the delay between retries grows; n counts retries from 1", shape_of<Backoff>()),
        choices_family("jitters", "how a delay d between retries is spread", shape_of<Jitter>()),
        choices_family("faults", "what can go wrong, and when", shape_of<Fault>()),
        choices_family("loads", "when clients request", shape_of<Load>()),
        words_family("arrivals", "how the requests of an open load are spread in time", shape_of<Arrivals>()),
        choices_family("distributions", "of times", shape_of<TimeDistribution>()),
        words_family("outcomes", "how a call, or one attempt of it, can end", shape_of<OutcomeSet>()),
        {"sections",
         "parts of a scenario file",
         {section<RunSettings>("run"), section<ServiceSettings>("services"), section<NetworkSettings>("network"),
          section<ClientSettings>("clients")}},
    };
}

}  // namespace

std::vector<ParameterText> parameters(const Shape& object) {
    std::vector<ParameterText> list;
    add_parameters(object, "", list);
    return list;
}

const std::vector<FamilyText>& families() {
    static const std::vector<FamilyText> all = all_families();
    return all;
}

}  // namespace stampede::scenarios
