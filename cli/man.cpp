#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>

#include "cli/command_line.hpp"
#include "cli/output.hpp"
#include "cli/verbs.hpp"
#include "cli/version.hpp"

namespace stampede::cli {
namespace {

/// As it stands: no escapes, no requests, and hyphens that can be copied.
std::string roff(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins_line = i == 0 || text[i - 1] == '\n';
        if (begins_line && (text[i] == '.' || text[i] == '\'')) out += "\\&";
        if (text[i] == '\\')
            out += "\\e";
        else if (text[i] == '-')
            out += "\\-";
        else
            out += text[i];
    }
    return out;
}

std::string bold(const std::string& text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(const std::string& text) { return text.empty() ? text : "\\fI" + roff(text) + "\\fR"; }

std::string synopsis(const std::string& program, const Command& command) {
    std::string text = bold(program + " " + command.name);
    for (const Choice& each : command.positionals) {
        const std::string name = italic(each.argument.name) + (each.is_repeatable ? "\\&..." : "");
        text += each.is_required ? " " + name : " [" + name + "]";
    }
    return text + (command.options.empty() ? "" : " [" + italic("OPTION") + "]\\&...") + '\n';
}

std::string entry(const Choice& choice, bool is_option) {
    std::string head;
    for (const std::string& name : choice.names) head += (head.empty() ? "" : ", ") + bold(name);
    if (is_option && !choice.argument.name.empty()) head += ' ' + italic(choice.argument.name);
    if (!is_option) head = italic(choice.argument.name);
    return ".TP\n" + head + '\n' + roff(choice.doc) + '\n';
}

/// "Examples:" and lines of them.
std::string examples(const std::string& footer) {
    if (footer.empty()) return {};
    const std::size_t end = footer.find('\n');
    return ".PP\n" + roff(footer.substr(0, end)) + "\n.PP\n.nf\n" + roff(footer.substr(end + 1)) + "\n.fi\n";
}

std::string man_page(const CommandLine& line) {
    std::string text = fmt::format(".TH STAMPEDE 1 \"\" \"stampede {}\" \"User Commands\"\n", version);
    const std::string doc = line.doc.substr(line.doc.find(": ") + 2);
    text += fmt::format(".SH NAME\n{} \\- {}\n.SH SYNOPSIS\n", line.name, roff(doc));
    for (const Command& command : line.commands)
        text += (&command == &line.commands.front() ? "" : ".br\n") + synopsis(line.name, command);
    text +=
        ".SH DESCRIPTION\nStampede runs thousands of virtual clients through their resilience policies in simulated "
        "time, "
        "and says what an outage does to them.\nResults go to standard output, all else to standard error.\n";
    text += ".SH OPTIONS\n";
    for (const Choice& option : line.options) text += entry(option, true);
    text += ".SH COMMANDS\n";
    for (const Command& command : line.commands) {
        text += ".SS " + command.name + '\n' + roff(command.doc) + ".\n";
        for (const Choice& each : command.positionals) text += entry(each, false);
        for (const Choice& option : command.options) text += entry(option, true);
        text += examples(command.footer);
    }
    const std::size_t exits = line.footer.find("Exit codes:");
    text += ".SH EXIT STATUS\n" + roff(line.footer.substr(exits + 12)) + ".\n";
    text +=
        ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nno colours unless they are asked for\n.TP\n.B COLUMNS\nhow wide a page is "
        "that is "
        "not printed on a terminal\n";
    text += ".SH FILES\n.TP\n.I .stampede/baselines/NAME.json\nwhat " + bold("--save-baseline") + " has kept\n";
    return text;
}

}  // namespace

void add_man(CLI::App& app, Action& action) {
    CLI::App* verb = app.add_subcommand("man", "print the manual page, for man -l -");
    verb->footer("Example:\n  stampede man | man -l -");
    verb->callback([&app, &action] {
        action = [&app] {
            std::string page = man_page(describe(app));
            page.erase(std::unique(page.begin(), page.end(), [](char a, char b) { return a == '\n' && b == '\n'; }),
                       page.end());  // an empty line is a request too
            print(page);
            return Exit::fine;
        };
    });
}

}  // namespace stampede::cli
