#include "cli/axes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/exit.hpp"
#include "scenarios/format/describe.hpp"
#include "scenarios/format/suggest.hpp"

namespace stampede::cli {
namespace {

using scenarios::Override;
using scenarios::Variant;

/// Where the jitter of each retry layer stands.
std::vector<std::string> jitter_paths(const scenarios::Scenario& scenario) {
    std::vector<std::string> paths;
    for (const auto& [name, stack] : scenario.policies) {
        const auto is_retry = [](const LayerSettings& layer) { return std::holds_alternative<RetrySettings>(layer); };
        const auto retries = std::count_if(stack.begin(), stack.end(), is_retry);
        for (std::ptrdiff_t i = 0; i < retries; ++i)
            paths.push_back(
                fmt::format("policies.{}.retry{}.jitter", name, retries == 1 ? "" : fmt::format("[{}]", i)));
    }
    return paths;
}

void check_jitter(const std::string& name) {
    std::vector<std::string_view> known;
    for (const scenarios::FamilyText& family : scenarios::families())
        if (family.name == "jitters")
            for (const scenarios::ItemText& item : family.items) known.push_back(item.name);
    if (std::find(known.begin(), known.end(), name) == known.end())
        throw Stop(Exit::wrong_usage,
                   fmt::format("--jitter: there is no jitter \"{}\": {}", name, scenarios::suggest(name, known)));
}

/// Without the quotes that JSON needs and a name does not.
std::string as_name(const std::string& value) {
    const bool is_quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    return is_quoted ? value.substr(1, value.size() - 2) : value;
}

/// The last `steps` of a path.
std::string ending(const std::string& path, std::size_t steps) {
    std::size_t begin = path.size();
    for (; steps > 0; --steps) {
        if (begin == 0) return path;
        const std::size_t dot = path.rfind('.', begin - 1);
        if (dot == std::string::npos) return path;
        begin = dot;
    }
    return path.substr(begin + 1);
}

/// As few of its last steps as tell it from all the other paths.
std::string name_among(const std::string& path, const std::vector<Override>& all) {
    for (std::size_t steps = 1;; ++steps) {
        const std::string name = ending(path, steps);
        const bool is_shared = std::any_of(all.begin(), all.end(), [&](const Override& other) {
            return other.path != path && ending(other.path, steps) == name;
        });
        if (!is_shared || name == path) return name;
    }
}

Variant join(const Variant& a, const Variant& b) {
    Variant both{a.name.empty() ? b.name : a.name + " " + b.name, a.overrides};
    both.overrides.insert(both.overrides.end(), b.overrides.begin(), b.overrides.end());
    return both;
}

}  // namespace

Override parse_override(const std::string& text, const std::string& option) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
        throw Stop(Exit::wrong_usage, fmt::format("{} \"{}\": expected PATH=VALUE, such as "
                                                  "policies.checkout.retry.max_attempts=3",
                                                  option, text));
    return {text.substr(0, equals), text.substr(equals + 1)};
}

std::vector<std::string> split_values(const std::string& text) {
    std::vector<std::string> values(1);
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' && (i == 0 || text[i - 1] != '\\')) in_string = !in_string;
        if (!in_string && (c == '[' || c == '{')) ++depth;
        if (!in_string && (c == ']' || c == '}')) --depth;
        if (c == ',' && !in_string && depth <= 0)
            values.emplace_back();
        else
            values.back() += c;
    }
    return values;
}

Axis jitter_axis(const std::string& jitters, const scenarios::Scenario& scenario) {
    const std::vector<std::string> paths = jitter_paths(scenario);
    if (paths.empty()) throw Stop(Exit::wrong_usage, "--jitter: no policy of this scenario has a retry layer");
    Axis axis;
    for (const std::string& jitter : split_values(jitters)) {
        check_jitter(jitter);
        Variant variant{jitter, {}};
        for (const std::string& path : paths) variant.overrides.push_back({path, jitter});
        axis.push_back(std::move(variant));
    }
    return axis;
}

std::vector<Axis> vary_axes(const std::vector<std::string>& texts) {
    std::vector<Override> all;
    for (const std::string& text : texts) all.push_back(parse_override(text, "--vary"));
    std::vector<Axis> axes;
    for (const Override& each : all) {
        if (each.path == "run.seeds")
            throw Stop(Exit::wrong_usage, "--vary run.seeds: all variants run over the same seeds; --seeds says which");
        if (std::count_if(all.begin(), all.end(), [&](const Override& other) { return other.path == each.path; }) > 1)
            throw Stop(Exit::wrong_usage,
                       fmt::format("--vary: {} is there twice; name all its values at once", each.path));
        const std::string name = name_among(each.path, all);
        Axis& axis = axes.emplace_back();
        for (const std::string& value : split_values(each.value))
            axis.push_back({fmt::format("{}={}", name, as_name(value)), {{each.path, value}}});
    }
    return axes;
}

std::vector<Variant> combine(const std::vector<Axis>& axes) {
    constexpr std::size_t most = 1000;
    std::vector<Variant> variants{Variant{}};
    for (const Axis& axis : axes) {
        if (variants.size() * axis.size() > most)
            throw Stop(Exit::wrong_usage, fmt::format("that makes more than {} variants", most));
        std::vector<Variant> longer;
        for (const Variant& variant : variants)
            for (const Variant& value : axis) longer.push_back(join(variant, value));
        variants = std::move(longer);
    }
    std::set<std::string> names;
    for (const Variant& variant : variants)
        if (!names.insert(variant.name).second)
            throw Stop(Exit::wrong_usage, fmt::format("the variant \"{}\" is there twice", variant.name));
    return variants;
}

}  // namespace stampede::cli
