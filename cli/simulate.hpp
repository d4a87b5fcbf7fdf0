#pragma once
/// What `run` and `compare` have in common: options, running everything, telling the results.

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "cli/difference.hpp"
#include "cli/exit.hpp"
#include "cli/scenario_file.hpp"
#include "cli/terminal.hpp"
#include "reports/report.hpp"

namespace stampede::cli {

struct SimulationOptions {
    std::string file;
    std::vector<std::string> sets;
    std::string seeds;  ///< empty: as the scenario says; "auto": until the precision is reached
    std::string precision = "2%";
    std::string precision_metrics;  ///< empty: those of the thresholds, or the default ones
    std::uint64_t most_seeds = 100;
    unsigned parallel = 1;
    std::vector<std::string> outputs;
    std::string colour_word = "auto";
    bool has_wide_table = false;
    std::string metric_names;  ///< of the table, comma separated; empty: those that answer the questions
    bool is_quiet = false;
    bool has_no_environment = false;
    bool has_annotations = false;
    std::string baseline;      ///< what to compare with; empty: nothing
    std::string new_baseline;  ///< what to keep the results as; empty: nothing
    DifferenceOptions difference;

    [[nodiscard]] ColourWish colour() const;
    [[nodiscard]] std::vector<scenarios::Override> overrides() const;
    /// "stampede VERB FILE …" with all that decides about the results, and nothing of how they are shown.
    [[nodiscard]] std::string command(const std::string& verb) const;
};

void add_simulation_options(CLI::App& verb, SimulationOptions& options);

/// Those that say where a report goes and how it looks; among those above.
void add_output_options(CLI::App& verb, SimulationOptions& options);

/// Throws Stop (2 or 74) for an output that could not be written in the end, or a table that could not be shown.
void check_outputs(const SimulationOptions& options);

/// Prints the tables, unless quiet, and writes the outputs; answers whether all could be written.
[[nodiscard]] bool deliver(const SimulationOptions& options, const reports::Report& report);

/// Runs every variant over every seed, prints and writes the report. The exit code says, in this order: interrupted, a
/// run that died, an output that could not be written, a run that a limit stopped, a threshold that failed. `command`
/// makes the report again.
[[nodiscard]] Exit simulate(const SimulationOptions& options, const Loaded& base,
                            const std::vector<scenarios::Variant>& variants, const std::string& command);

}  // namespace stampede::cli
