#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/catalogue.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "reports/text/width.hpp"
#include "scenarios/format/suggest.hpp"

namespace stampede::cli {
namespace {

struct Entry {
    std::string name;
    std::string doc;
};

/// A name and a sentence, the sentences below each other.
void print_entries(std::string_view title, std::string_view doc, const std::vector<Entry>& entries) {
    print(fmt::format("{}: {}\n", title, doc));
    std::size_t widest = 0;
    for (const Entry& entry : entries) widest = std::max(widest, reports::columns(entry.name));
    const std::size_t width = width_of(stdout);
    for (const Entry& entry : entries)
        print(reports::wrap_at("  " + reports::pad_right(entry.name, widest) + "  ", entry.doc, width));
}

void print_metrics() {
    std::vector<Entry> entries;
    for (const MetricInfo& metric : metrics())
        entries.push_back(
            {std::string(metric.name), fmt::format("{} ({})", metric.definition, unit_and_direction(metric))});
    print_entries(metrics_family, "what is measured, and what thresholds can name", entries);
}

void print_family(std::string_view name) {
    if (name == metrics_family) return print_metrics();
    for (const scenarios::FamilyText& family : scenarios::families()) {
        if (family.name != name) continue;
        std::vector<Entry> entries;
        for (const scenarios::ItemText& item : family.items) entries.push_back({item.name, item.doc});
        print_entries(family.name, family.doc, entries);
    }
}

Exit list(const std::string& wish) {
    const std::vector<std::string_view> known = family_names();
    if (wish.empty()) {
        for (std::size_t i = 0; i < known.size(); ++i) {
            if (i > 0) print("\n");
            print_family(known[i]);
        }
        return Exit::fine;
    }
    if (std::find(known.begin(), known.end(), wish) == known.end())
        throw Stop(Exit::wrong_usage,
                   fmt::format("there is no list \"{}\": {}", wish, scenarios::suggest(wish, known)));
    print_family(wish);
    return Exit::fine;
}

}  // namespace

void add_list(CLI::App& app, Action& action) {
    const auto wish = std::make_shared<std::string>();
    CLI::App* verb =
        app.add_subcommand("list", "list policies, jitters, faults, metrics, ...; all without an argument");
    verb->add_option("KIND", *wish, "what to list");
    verb->callback([wish, &action] { action = [wish] { return list(*wish); }; });
}

}  // namespace stampede::cli
