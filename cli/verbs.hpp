#pragma once
/// The list of verbs. Each has one source, which adds its subcommand and says what runs it.

#include <CLI/App.hpp>
#include <functional>
#include <span>

#include "cli/exit.hpp"

namespace stampede::cli {

/// What the chosen verb does, once the whole command line has been understood.
using Action = std::function<Exit()>;

void add_run(CLI::App& app, Action& action);
void add_compare(CLI::App& app, Action& action);
void add_diff(CLI::App& app, Action& action);
void add_validate(CLI::App& app, Action& action);
void add_schema(CLI::App& app, Action& action);
void add_list(CLI::App& app, Action& action);
void add_explain(CLI::App& app, Action& action);
void add_completion(CLI::App& app, Action& action);
void add_man(CLI::App& app, Action& action);
void add_report(CLI::App& app, Action& action);
void add_replay(CLI::App& app, Action& action);

using AddVerb = void (*)(CLI::App&, Action&);

/// In the order of --help.
inline constexpr AddVerb verbs[] = {add_run,    add_compare, add_report,  add_diff,       add_replay, add_validate,
                                    add_schema, add_list,    add_explain, add_completion, add_man};

}  // namespace stampede::cli
