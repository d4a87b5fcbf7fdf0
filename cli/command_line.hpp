#pragma once
/// The program's command line as data, read off the parser: what completion and the man page are made of.

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace stampede::cli {

/// What may stand for an option's value or a positional.
struct Argument {
    std::string name;                ///< "FILE", "PATH=VALUE"; empty for a flag
    std::vector<std::string> words;  ///< all there are, where they are few or known
    bool is_file = false;
    bool is_baseline = false;  ///< a file's name in .stampede/baselines, without ".json"

    [[nodiscard]] bool is_list() const { return name.ends_with(",..."); }  ///< several, joined by commas
};

struct Choice {
    std::vector<std::string> names;  ///< "-o", "--output"; of a positional its name alone
    Argument argument;
    std::string doc;
    bool is_required = false;
    bool is_repeatable = false;
};

struct Command {
    std::string name;
    std::string doc;
    std::string footer;  ///< examples
    std::vector<Choice> options;
    std::vector<Choice> positionals;
};

struct CommandLine {
    std::string name;
    std::string doc;
    std::string footer;
    std::vector<Choice> options;
    std::vector<Command> commands;
};

/// All commands must have been added to the app.
[[nodiscard]] CommandLine describe(const CLI::App& app);

}  // namespace stampede::cli
