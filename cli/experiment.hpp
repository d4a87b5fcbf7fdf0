#pragma once
/// Variants times seeds: run side by side, brought together into a report.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/report.hpp"
#include "scenarios/format/document.hpp"

namespace stampede::cli {

struct Experiment {
    std::string file;                            ///< as the user named it
    std::vector<scenarios::Override> overrides;  ///< of every variant: --set
    std::vector<scenarios::Variant> variants;
    std::vector<scenarios::Scenario> scenarios;       ///< one for each variant
    std::vector<std::uint64_t> seeds;                 ///< with a goal the first ones
    std::optional<reports::PrecisionGoal> precision;  ///< further seeds are run until it is reached
};

/// Everything of a report but the scenario's own text. Which seeds are run follows from the values alone. An
/// interruption ends it early, with what has finished.
[[nodiscard]] reports::Report run_experiment(const Experiment& experiment, unsigned parallel, bool is_quiet);

/// The command that runs one seed of one variant alone.
[[nodiscard]] std::string command_for(const Experiment& experiment, const scenarios::Variant& variant,
                                      std::uint64_t seed);

}  // namespace stampede::cli
