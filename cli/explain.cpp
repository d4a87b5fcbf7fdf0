#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/catalogue.hpp"
#include "cli/output.hpp"
#include "cli/tables.hpp"
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
    if (!item.written.empty()) print("Stands for:\n" + item.written + "\n");
    if (item.parameters.empty()) return;
    print(family.name == "dialects" ? "Where a layer differs from ours:\n" : "Parameters:\n");
    print_parameters(item.parameters);
    if (item.dialects.empty()) return;
    std::string known;
    for (const auto& dialect : item.dialects) known += ' ' + dialect.name;
    print(reports::wrap_at("Dialects:", known, width_of(stdout)));
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
class Explanation {
public:
    explicit Explanation(std::string name, bool markdown) : name_(std::move(name)), markdown_(markdown) {}

    Exit give() {
        markdown_ ? give_tables() : give_texts();
        if (is_found_) return Exit::fine;
        throw Stop(Exit::wrong_usage,
                   fmt::format("nothing is called \"{}\": {}", name_, scenarios::suggest(name_, known_)));
    }

private:
    void give_texts() {
        for (const scenarios::FamilyText& family : scenarios::families())
            for (const scenarios::ItemText& item : family.items)
                if (is_meant(item.name)) {
                    separate();
                    print_item(family, item);
                }
        for (const MetricInfo& metric : metrics())
            if (is_meant(metric.name)) {
                separate();
                print_metric(metric);
            }
    }

    /// What has no settings has no table, unless nothing else has the name.
    void give_tables() {
        const auto give = [this](const std::string& table) {
            if (table.empty()) return;
            separate();
            print(table);
        };
        for (const scenarios::FamilyText& family : scenarios::families()) {
            if (is_meant(family.name)) give(table_of(family));
            for (const scenarios::ItemText& item : family.items)
                if (is_meant(item.name)) give(table_of(item));
        }
        if (is_found_ && !has_printed_) print("It has no settings.\n");
    }

    bool is_meant(std::string_view name) {
        known_.push_back(name);
        if (name != name_) return false;
        return is_found_ = true;
    }

    void separate() {
        if (has_printed_) print("\n");
        has_printed_ = true;
    }

    std::string name_;
    bool markdown_;
    bool is_found_ = false;
    bool has_printed_ = false;
    std::vector<std::string_view> known_;
};

}  // namespace

void add_explain(CLI::App& app, Action& action) {
    const auto name = std::make_shared<std::string>();
    CLI::App* verb = app.add_subcommand("explain", "say what a policy, fault, metric, ... is and what it can be told");
    verb->add_option("NAME", *name, "any name that `stampede list` shows")->required();
    const auto markdown = std::make_shared<bool>(false);
    verb->add_flag("--markdown", *markdown, "its settings as a table in Markdown; also of a kind, such as jitters");
    verb->footer("Examples:\n  stampede explain breaker\n  stampede explain herd.peak_ratio");
    verb->callback(
        [name, markdown, &action] { action = [name, markdown] { return Explanation(*name, *markdown).give(); }; });
}

}  // namespace stampede::cli
