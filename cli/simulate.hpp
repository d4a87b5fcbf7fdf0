#pragma once
/// What `run` and `compare` have in common: options, running everything, telling the results.

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "cli/exit.hpp"
#include "cli/scenario_file.hpp"
#include "cli/terminal.hpp"

namespace stampede::cli {

struct SimulationOptions {
    std::string file;
    std::vector<std::string> sets;
    std::string seeds;  ///< empty: as the scenario says
    unsigned parallel = 1;
    std::vector<std::string> outputs;
    std::string colour_word = "auto";
    bool is_quiet = false;
    bool has_no_environment = false;

    [[nodiscard]] ColourWish colour() const;
    [[nodiscard]] std::vector<scenarios::Override> overrides() const;
};

void add_simulation_options(CLI::App& verb, SimulationOptions& options);

/// Throws Stop (2 or 74) for an output that could not be written in the end.
void check_outputs(const SimulationOptions& options);

/// Runs every variant over every seed, prints and writes the report. The exit code says, in this order: interrupted, a
/// run that died, an output that could not be written, a threshold that failed.
[[nodiscard]] Exit simulate(const SimulationOptions& options, const Loaded& base,
                            const std::vector<scenarios::Variant>& variants);

}  // namespace stampede::cli
