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

using scenarios::ParameterText;

std::string type_of(const ParameterText& p) { return p.range.empty() ? p.type : p.type + ", " + p.range; }

std::string default_of(const ParameterText& p) {
    return p.default_value == "required" || p.default_value == "none" ? p.default_value : "default " + p.default_value;
}

void print_parameters(const std::vector<ParameterText>& parameters) {
    std::size_t widest = 0;
    for (const ParameterText& p : parameters) widest = std::max(widest, reports::columns(p.name));
    const std::size_t width = width_of(stdout);
    for (const ParameterText& p : parameters) {
        const std::string facts = p.default_value == "none" ? type_of(p) : type_of(p) + "; " + default_of(p);
        print(reports::wrap_at("  " + reports::pad_right(p.name, widest) + "  ", fmt::format("{} ({})", p.doc, facts),
                               width));
    }
}

void print_item(const scenarios::FamilyText& family, const scenarios::ItemText& item) {
    print(reports::wrap(fmt::format("{} ({}): {}", item.name, family.name, item.doc), width_of(stdout)));
    if (item.parameters.empty()) return;
    print("Parameters:\n");
    print_parameters(item.parameters);
}

void print_metric(const MetricInfo& metric) {
    const std::size_t width = width_of(stdout);
    print(fmt::format("{} (metrics)\n", metric.name));
    print(reports::wrap_at("  definition  ", metric.definition, width));
    print(reports::wrap_at("  unit        ", unit_and_direction(metric), width));
    print(reports::wrap_at("  measured    ",
                           metric.subject == Subject::clients ? "for the whole run and each population of clients"
                                                              : "for the whole run and each service",
                           width));
    if (!metric.index.empty()) print(fmt::format("  listed by   {}\n", metric.index));
}

/// A name may mean several things ("errors" is a fault and a word elsewhere): all of them are explained.
Exit explain(const std::string& name) {
    std::vector<std::string_view> known;
    bool is_found = false;
    const auto separate = [&] {
        if (is_found) print("\n");
        is_found = true;
    };
    for (const scenarios::FamilyText& family : scenarios::families())
        for (const scenarios::ItemText& item : family.items) {
            known.push_back(item.name);
            if (item.name != name) continue;
            separate();
            print_item(family, item);
        }
    for (const MetricInfo& metric : metrics()) {
        known.push_back(metric.name);
        if (metric.name != name) continue;
        separate();
        print_metric(metric);
    }
    if (is_found) return Exit::fine;
    throw Stop(Exit::wrong_usage, fmt::format("nothing is called \"{}\": {}", name, scenarios::suggest(name, known)));
}

}  // namespace

void add_explain(CLI::App& app, Action& action) {
    const auto name = std::make_shared<std::string>();
    CLI::App* verb = app.add_subcommand("explain", "say what a policy, fault, metric, ... is and what it can be told");
    verb->add_option("NAME", *name, "any name that `stampede list` shows")->required();
    verb->footer("Examples:\n  stampede explain breaker\n  stampede explain herd.peak_ratio");
    verb->callback([name, &action] { action = [name] { return explain(*name); }; });
}

}  // namespace stampede::cli
