#include "scenarios/format/describe.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/format/presets.hpp"
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
        case Kind::size:
            return "size";
        case Kind::bandwidth:
            return "bandwidth";
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
    switch (kind) {
        case Kind::duration:
            return Written::duration;
        case Kind::rate:
            return Written::rate;
        case Kind::size:
            return Written::size;
        case Kind::bandwidth:
            return Written::bandwidth;
        default:
            return Written::plain;
    }
}

std::string value_text(const Json& value) {
    if (value.is_null() || value == "") return "none";
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string default_text(const Property& property) {
    return property.is_required ? "required" : value_text(property.fallback);
}

/// With `fields` in place of the defaults. Settings that are there only in these are not taken apart.
Shape with_defaults(Shape object, const Json& fields) {
    for (Property& property : object.properties) {
        const bool is_new = property.fallback.is_null() && !property.is_required;
        property.fallback = fields.value(std::string(property.name), Json(nullptr));
        property.is_required = property.is_required && property.fallback.is_null();
        if (property.shape.kind != Kind::object || !property.fallback.is_object()) continue;
        if (is_new)
            property.shape.properties.clear();
        else
            property.shape = with_defaults(std::move(property.shape), property.fallback);
    }
    return object;
}

std::vector<DialectText> dialects_of(const Shape& object) {
    std::vector<DialectText> list;
    const std::vector<ParameterText> ours = parameters(object);
    for (const DialectDefaults& dialect : object.dialects) {
        DialectText text{std::string(dialect.name), {}};
        for (ParameterText& theirs : parameters(with_defaults(object, dialect.fields))) {
            const auto is_same = [&](const ParameterText& p) {
                return p.name == theirs.name && p.default_value == theirs.default_value;
            };
            if (std::none_of(ours.begin(), ours.end(), is_same)) text.settings.push_back(std::move(theirs));
        }
        list.push_back(std::move(text));
    }
    return list;
}

/// A dialect as an item of its own: what every policy that knows it sets otherwise.
FamilyText dialects_family(const FamilyText& policies) {
    FamilyText family{"dialects", "libraries whose defaults a layer can start from, as in \"dialect\"", {}};
    for (const auto& choice : choices(Dialect{})) {
        ItemText item{std::string(choice.name), std::string(choice.doc), {}};
        std::string known;
        for (const ItemText& policy : policies.items)
            for (const DialectText& dialect : policy.dialects) {
                if (dialect.name != choice.name) continue;
                known += (known.empty() ? "" : ", ") + policy.name;
                for (ParameterText setting : dialect.settings) {
                    setting.name = policy.name + '.' + setting.name;
                    item.parameters.push_back(std::move(setting));
                }
            }
        if (known.empty()) continue;
        item.doc += ": " + known;
        family.items.push_back(std::move(item));
    }
    return family;
}

void add_parameters(const Shape& object, const std::string& prefix, std::vector<ParameterText>& list) {
    for (const Property& property : object.properties) {
        const std::string name = prefix + std::string(property.name);
        const bool nested = property.shape.kind == Kind::object;
        const bool by_default = !property.fallback.is_null() || property.is_required;
        if (!nested || !by_default || property.shape.properties.empty())
            list.push_back({name, type_text(property.shape), default_text(property),
                            range_text(property.shape.limits, written_as(property.shape.kind)),
                            std::string(property.doc)});
        if (nested) add_parameters(property.shape, name + '.', list);
    }
}

FamilyText choices_family(std::string name, std::string doc, const Shape& one_of) {
    FamilyText family{std::move(name), std::move(doc), {}};
    for (const Property& each : one_of.properties)
        family.items.push_back(
            {std::string(each.name), std::string(each.doc), parameters(each.shape), dialects_of(each.shape)});
    return family;
}

FamilyText words_family(std::string name, std::string doc, const Shape& shape) {
    FamilyText family{std::move(name), std::move(doc), {}};
    for (const Word& word : shape.words) family.items.push_back({std::string(word.name), std::string(word.doc), {}});
    return family;
}

FamilyText presets_family() {
    FamilyText family{"presets", "whole stacks as libraries put them together, as in \"preset\"", {}};
    for (const Preset& each : presets())
        family.items.push_back({std::string(each.name), std::string(each.doc), {}, {}, std::string(each.layers)});
    return family;
}

template <class T>
ItemText section(std::string name) {
    return {std::move(name), std::string(T::doc), parameters_of<T>()};
}

std::vector<FamilyText> all_families() {
    FamilyText policies =
        choices_family("policies", "layers of a stack, as in \"policies\"", shape_of<LayerSettings>());
    FamilyText dialects = dialects_family(policies);
    return {
        std::move(policies),
        std::move(dialects),
        presets_family(),
        choices_family("backoffs", "how the delay between retries grows; n counts retries from 1", shape_of<Backoff>()),
        choices_family("jitters", "how a delay d between retries is spread", shape_of<Jitter>()),
        choices_family("budgets", "what bounds the extra attempts (retries, hedges) of many calls together",
                       shape_of<BudgetRule>()),
        choices_family("pushbacks", "what a retry makes of a time that the service asks for", shape_of<PushbackRule>()),
        choices_family("limiters", "how a rate limiter counts calls", shape_of<RateLimitStrategy>()),
        choices_family("limits", "how an adaptive concurrency limit follows what it sees",
                       shape_of<ConcurrencyStrategy>()),
        choices_family("shedders", "whom load shedding turns away", shape_of<ShedStrategy>()),
        choices_family("delays", "how a hedge's delay follows what earlier calls took", shape_of<MeasuredDelay>()),
        choices_family("injections", "what chaos does to a call", shape_of<ChaosInjection>()),
        words_family("balancers", "which host the balance layer sends an attempt to", shape_of<BalanceStrategy>()),
        choices_family("faults", "what can go wrong, and when", shape_of<Fault>()),
        choices_family("loads", "when clients request", shape_of<Load>()),
        words_family("arrivals", "how the requests of an open load are spread in time", shape_of<Arrivals>()),
        choices_family("shapes", "how the rate of an open load changes over time", shape_of<LoadShape>()),
        choices_family("batches", "how many requests a client makes at once", shape_of<BatchSize>()),
        choices_family("distributions", "of times", shape_of<TimeDistribution>()),
        words_family("outcomes", "how a call, or one attempt of it, can end", shape_of<OutcomeSet>()),
        {"sections",
         "parts of a scenario file",
         {section<RunSettings>("run"), section<ServiceSettings>("services"), section<NetworkSettings>("network"),
          section<EndpointSettings>("endpoints"), section<ConnectionSettings>("connections"),
          section<BacklogSettings>("backlog"), section<ChaosDraw>("chaos"), section<TraceLine>("fault_trace"),
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
