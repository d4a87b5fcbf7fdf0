#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>

#include "cli/catalogue.hpp"

namespace stampede::cli {
namespace {

/// All that `explain` knows, each name once.
std::vector<std::string> explained_names() {
    std::set<std::string> names;
    for (const scenarios::FamilyText& family : scenarios::families())
        for (const scenarios::ItemText& item : family.items) names.insert(item.name);
    for (const MetricInfo& metric : metrics()) names.emplace(metric.name);
    return {names.begin(), names.end()};
}

std::vector<std::string> metric_names() {
    std::vector<std::string> names;
    for (const MetricInfo& metric : metrics())
        if (metric.index.empty()) names.emplace_back(metric.name);
    return names;
}

std::vector<std::string> kind_names() {
    const auto names = family_names();
    return {names.begin(), names.end()};
}

/// CLI11 writes the words that a check allows behind the type's name: "WHEN:{auto,always,never}".
std::vector<std::string> words_in(const std::string& type) {
    std::vector<std::string> words;
    const std::size_t open = type.find('{');
    const std::size_t close = type.rfind('}');
    if (open == std::string::npos || close == std::string::npos) return words;
    std::string word;
    for (char c : type.substr(open + 1, close - open - 1) + ',') {
        if (c != ',') {
            word += c;
            continue;
        }
        words.push_back(word);
        word.clear();
    }
    return words;
}

bool names_file(const std::string& name) {
    return name == "FILE" || name == "RESULT" || name == "BEFORE" || name == "AFTER";
}

Argument argument_of(const CLI::Option& option) {
    Argument argument;
    if (option.get_items_expected_max() == 0) return argument;  // a flag
    const std::string type = option.get_type_name();
    argument.name = option.get_positional() ? option.get_name(true) : type.substr(0, type.find(':'));
    argument.is_file = names_file(argument.name);
    argument.is_baseline = argument.name == "BASELINE";
    argument.words = words_in(type);
    if (option.get_positional() && argument.name == "KIND") argument.words = kind_names();
    if (option.get_positional() && argument.name == "NAME") argument.words = explained_names();
    if (argument.name.starts_with("METRIC")) argument.words = metric_names();
    return argument;
}

Choice choice_of(const CLI::Option& option) {
    Choice choice;
    for (const std::string& name : option.get_snames()) choice.names.push_back('-' + name);
    for (const std::string& name : option.get_lnames()) choice.names.push_back("--" + name);
    if (option.get_positional()) choice.names = {option.get_name(true)};
    choice.argument = argument_of(option);
    choice.doc = option.get_description();
    choice.is_required = option.get_required();
    choice.is_repeatable = option.get_expected_max() > 1;
    return choice;
}

void sort_in(const CLI::App& app, std::vector<Choice>& options, std::vector<Choice>* positionals) {
    for (const CLI::Option* option : app.get_options()) {
        if (!option->get_positional())
            options.push_back(choice_of(*option));
        else if (positionals)
            positionals->push_back(choice_of(*option));
    }
}

}  // namespace

CommandLine describe(const CLI::App& app) {
    CommandLine line{app.get_name(), app.get_description(), app.get_footer(), {}, {}};
    sort_in(app, line.options, nullptr);
    for (const CLI::App* each : app.get_subcommands(nullptr)) {
        Command command{each->get_name(), each->get_description(), each->get_footer(), {}, {}};
        sort_in(*each, command.options, &command.positionals);
        line.commands.push_back(std::move(command));
    }
    return line;
}

}  // namespace stampede::cli
