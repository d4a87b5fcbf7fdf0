#include <fmt/format.h>

#include "cli/completion/completion.hpp"

namespace stampede::cli {
namespace {

/// Inside single quotes, and without what `_arguments` and `_describe` take for their own.
std::string zsh_text(const std::string& text) {
    std::string out;
    for (char c : text) {
        if (c == '\'')
            out += "'\\''";
        else if (c == '[' || c == ']' || c == ':' || c == '\\')
            out += std::string("\\") + c;
        else
            out += c;
    }
    return out;
}

std::string zsh_action(const Argument& argument) {
    if (argument.is_file) return "_files";
    if (argument.is_baseline) return "_files -W .stampede/baselines -g \"*.json(\\:r)\"";
    std::string words;
    for (const std::string& word : argument.words) words += (words.empty() ? "" : " ") + zsh_text(word);
    if (words.empty()) return " ";
    return argument.is_list() ? fmt::format("_values -s , {} {}", zsh_text(argument.name), words)
                              : fmt::format("({})", words);
}

std::string zsh_option(const Choice& option, const std::string& name) {
    std::string text = fmt::format("            '{}{}", option.is_repeatable ? "*" : "", name);
    if (!option.argument.name.empty() && name.starts_with("--")) text += '=';
    text += fmt::format("[{}]", zsh_text(option.doc));
    if (!option.argument.name.empty())
        text += fmt::format(":{}:{}", zsh_text(option.argument.name), zsh_action(option.argument));
    return text + "' \\\n";
}

std::string zsh_command(const Command& command) {
    std::string text = fmt::format("        {})\n            _arguments -S \\\n", command.name);
    for (const Choice& option : command.options)
        for (const std::string& name : option.names) text += zsh_option(option, name);
    for (const Choice& each : command.positionals)
        text += fmt::format("            '{}:{}:{}' \\\n", each.is_repeatable ? "*" : "", zsh_text(each.argument.name),
                            zsh_action(each.argument));
    return text + "            && return 0\n            ;;\n";
}

}  // namespace

std::string zsh_completion(const CommandLine& line) {
    std::string text =
        "#compdef stampede\n# zsh completion of stampede: `stampede completion zsh`\n\n_stampede() {\n"
        "    local -a commands\n    commands=(\n";
    for (const Command& command : line.commands)
        text += fmt::format("        '{}:{}'\n", command.name, zsh_text(command.doc));
    text += "    )\n    if ((CURRENT == 2)); then\n        _describe command commands\n        return\n    fi\n";
    text += "    shift words\n    ((CURRENT--))\n    case $words[1] in\n";
    for (const Command& command : line.commands) text += zsh_command(command);
    return text +
           "    esac\n}\n\nif [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n    _stampede \"$@\"\nelse\n"
           "    compdef _stampede stampede\nfi\n";
}

}  // namespace stampede::cli
