#pragma once
/// Telling how two reports differ: `diff`, and `run` and `compare` against a baseline.

#include <CLI/App.hpp>
#include <string>

#include "cli/exit.hpp"
#include "reports/diff/render.hpp"

namespace stampede::cli {

struct DifferenceOptions {
    std::string fail_on;  ///< empty: differences are no failure
    std::string tolerance = "0%";

    /// Fine, or 99 where a metric got worse and that is a failure.
    [[nodiscard]] Exit judge(const reports::DiffReport& diff) const;
    /// Throws Stop (2).
    [[nodiscard]] double tolerance_share() const;
};

/// `against` is what is asked for before these options make sense; null where it always is.
void add_difference_options(CLI::App& verb, DifferenceOptions& options, CLI::Option* against = nullptr);

}  // namespace stampede::cli
