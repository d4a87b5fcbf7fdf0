#include "reports/diff/settings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/settings.hpp"
#include "scenarios/format/document.hpp"

namespace stampede::reports {
namespace {

using Json = nlohmann::ordered_json;

struct Part {
    std::string name;  ///< what the path says: ".retry", "[2]"
    const Json* value;
};

/// "retry" for { "retry": { … } }; empty for anything else.
std::string kind_of(const Json& element) {
    return element.is_object() && element.size() == 1 ? element.begin().key() : std::string{};
}

/// Whether every element of the list says what it is; its parts are then addressed by that.
bool has_kinds(const Json& list) {
    return std::none_of(list.begin(), list.end(), [](const Json& each) { return kind_of(each).empty(); });
}

std::size_t times(const Json& list, const std::string& kind) {
    return static_cast<std::size_t>(
        std::count_if(list.begin(), list.end(), [&](const Json& each) { return kind_of(each) == kind; }));
}

/// Both lists name their elements in one way: a kind gets its place as soon as one of them has it several times.
std::vector<Part> elements_of(const Json& list, const Json& other, bool by_kind) {
    std::vector<Part> parts;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!by_kind) {
            parts.push_back({fmt::format("[{}]", i), &list[i]});
            continue;
        }
        const std::string kind = kind_of(list[i]);
        std::size_t place = 0;
        for (std::size_t k = 0; k < i; ++k) place += kind_of(list[k]) == kind ? 1 : 0;
        const bool several = times(list, kind) > 1 || times(other, kind) > 1;
        parts.push_back({'.' + kind + (several ? fmt::format("[{}]", place) : ""), &list[i].begin().value()});
    }
    return parts;
}

std::vector<Part> members_of(const Json& object) {
    std::vector<Part> parts;
    for (const auto& [key, value] : object.items()) parts.push_back({'.' + key, &value});
    return parts;
}

const Json* find(const std::vector<Part>& parts, const std::string& name) {
    const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part& each) { return each.name == name; });
    return found == parts.end() ? nullptr : found->value;
}

std::optional<Json> copy_of(const Json* value) { return value ? std::optional(*value) : std::nullopt; }

class Walk {
public:
    void compare(const std::string& path, const Json* before, const Json* after) {
        if (before && after && *before == *after) return;
        if (before && after && before->is_object() && after->is_object())
            return compare_parts(path, members_of(*before), members_of(*after));
        if (before && after && before->is_array() && after->is_array()) return compare_lists(path, *before, *after);
        changes.push_back({path.substr(std::min<std::size_t>(1, path.size())), copy_of(before), copy_of(after)});
    }

    std::vector<SettingChange> changes;

private:
    void compare_parts(const std::string& path, const std::vector<Part>& before, const std::vector<Part>& after) {
        for (const Part& each : before) compare(path + each.name, each.value, find(after, each.name));
        for (const Part& each : after)
            if (!find(before, each.name)) compare(path + each.name, nullptr, each.value);
    }

    /// Layers in another order are another stack, although each is set as before.
    void compare_lists(const std::string& path, const Json& before, const Json& after) {
        const bool by_kind = has_kinds(before) && has_kinds(after);
        const std::vector<Part> old_parts = elements_of(before, after, by_kind);
        const std::vector<Part> new_parts = elements_of(after, before, by_kind);
        const std::size_t known = changes.size();
        compare_parts(path, old_parts, new_parts);
        const bool same_order = std::equal(old_parts.begin(), old_parts.end(), new_parts.begin(), new_parts.end(),
                                           [](const Part& a, const Part& b) { return a.name == b.name; });
        if (changes.size() == known && !same_order) changes.push_back({path.substr(1), before, after});
    }
};

/// What this program cannot set, since another version ran it, is compared under its path as it was written.
Json with_paths(Json scenario, const Summary& variant) {
    for (const scenarios::Override& each : variant.overrides) scenario[each.path] = setting_value(each);
    return scenario;
}

}  // namespace

std::vector<SettingChange> setting_changes(const Json& before, const Json& after) {
    Walk walk;
    walk.compare({}, &before, &after);
    return std::move(walk.changes);
}

Json scenario_of(const Report& report, const Summary& variant) {
    if (variant.overrides.empty()) return report.scenario;
    scenarios::Diagnostics unimportant;
    const auto base = scenarios::Document::parse(report.scenario.dump(), "report", unimportant);
    std::vector<scenarios::Override> overrides = variant.overrides;
    for (scenarios::Override& each : overrides) each.origin.reset();  // of the file, not of the report
    const auto changed = base ? base->with(overrides, unimportant) : std::nullopt;
    return changed ? changed->json() : with_paths(report.scenario, variant);
}

}  // namespace stampede::reports
