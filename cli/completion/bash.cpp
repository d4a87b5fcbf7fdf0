#include <fmt/format.h>

#include "cli/completion/completion.hpp"

namespace stampede::cli {
namespace {

constexpr std::string_view head = R"sh(# bash completion of stampede: `stampede completion bash`

_stampede_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }

# Several words joined by commas: the last of them is completed.
_stampede_list() {
    local before=""
    [[ $current == *,* ]] && before="${current%,*},"
    mapfile -t COMPREPLY < <(compgen -P "$before" -W "$1" -- "${current##*,}")
    compopt -o nospace 2>/dev/null
}

_stampede_files() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
}

_stampede_baselines() {
    local names
    names=$(cd .stampede/baselines 2>/dev/null && compgen -G "*.json")
    _stampede_words "${names//.json/}"
}

_stampede() {
    local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD - 1]}" verb="" i
    COMPREPLY=()
    [[ $current == "=" ]] && current="" || { [[ $previous == "=" ]] && previous="${COMP_WORDS[COMP_CWORD - 2]}"; }
    for ((i = 1; i < COMP_CWORD; ++i)); do
        [[ ${COMP_WORDS[i]} == -* ]] && continue
        verb="${COMP_WORDS[i]}"
        break
    done
)sh";

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

std::string option_words(const std::vector<Choice>& options) {
    std::string text;
    for (const Choice& option : options) text += (text.empty() ? "" : " ") + joined(option.names);
    return text;
}

/// What fills in an argument; empty where anything may stand.
std::string fill(const Argument& argument) {
    if (argument.is_file) return "_stampede_files";
    if (argument.is_baseline) return "_stampede_baselines";
    if (argument.words.empty()) return {};
    return fmt::format("{} \"{}\"", argument.is_list() ? "_stampede_list" : "_stampede_words", joined(argument.words));
}

/// One branch of a case: after these options, that is filled in.
std::string value_branch(const Command& command, const Choice& option) {
    if (option.argument.name.empty()) return {};
    std::string patterns;
    for (const std::string& name : option.names)
        patterns += fmt::format("{}\"{} {}\"", patterns.empty() ? "" : " | ", command.name, name);
    const std::string how = fill(option.argument);
    return fmt::format("        {}) {}{}return ;;\n", patterns, how, how.empty() ? "" : "; ");
}

std::string verb_branch(const Command& command) {
    std::string positional;
    for (const Choice& each : command.positionals) {
        positional = fill(each.argument);
        if (!positional.empty()) break;
    }
    std::string text =
        fmt::format("        {})\n            if [[ $current == -* ]]; then\n                ", command.name) +
        fmt::format("_stampede_words \"{}\"\n", option_words(command.options));
    if (!positional.empty()) text += fmt::format("            else\n                {}\n", positional);
    return text + "            fi\n            ;;\n";
}

}  // namespace

std::string bash_completion(const CommandLine& line) {
    std::string text(head);
    text += "    case \"$verb $previous\" in\n";
    std::string verbs;
    for (const Command& command : line.commands) {
        verbs += (verbs.empty() ? "" : " ") + command.name;
        for (const Choice& option : command.options) text += value_branch(command, option);
    }
    text += "    esac\n    case \"$verb\" in\n";
    text += fmt::format("        \"\") _stampede_words \"{} {}\" ;;\n", verbs, option_words(line.options));
    for (const Command& command : line.commands) text += verb_branch(command);
    return text + "    esac\n}\n\ncomplete -F _stampede stampede\n";
}

}  // namespace stampede::cli
