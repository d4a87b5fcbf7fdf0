#include <fmt/format.h>

#include "cli/completion/completion.hpp"

namespace stampede::cli {
namespace {

/// In single quotes, where fish knows two escapes.
std::string fish_word(const std::string& text) {
    std::string out = "'";
    for (char c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + '\'';
}

/// "-F" lets files be named, "-f" forbids them.
std::string fish_argument(const Argument& argument) {
    if (argument.name.empty()) return " -f";
    if (argument.is_file) return " -r -F";
    if (argument.is_baseline)
        return " -x -a " + fish_word("(path change-extension '' .stampede/baselines/*.json | path basename)");
    std::string words;
    for (const std::string& word : argument.words) words += (words.empty() ? "" : " ") + word;
    if (words.empty()) return " -x";
    if (!argument.is_list()) return " -x -a " + fish_word(words);
    return " -x -a " + fish_word("(__fish_append , (string split ' ' '" + words + "'))");
}

std::string fish_option(const std::string& when, const Choice& option) {
    std::string text = "complete -c stampede -n " + when;
    for (const std::string& name : option.names)
        text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    return text + fish_argument(option.argument) + " -d " + fish_word(option.doc) + '\n';
}

}  // namespace

std::string fish_completion(const CommandLine& line) {
    std::string text = "# fish completion of stampede: `stampede completion fish`\n\ncomplete -c stampede -f\n";
    for (const Choice& option : line.options) text += fish_option("__fish_use_subcommand", option);
    for (const Command& command : line.commands) {
        text += fmt::format("complete -c stampede -n __fish_use_subcommand -a {} -d {}\n", command.name,
                            fish_word(command.doc));
        const std::string when = fish_word("__fish_seen_subcommand_from " + command.name);
        for (const Choice& option : command.options) text += fish_option(when, option);
        for (const Choice& each : command.positionals)
            text += "complete -c stampede -n " + when + fish_argument(each.argument) + '\n';
    }
    return text;
}

}  // namespace stampede::cli
