#pragma once
/// Reports kept under a name, to compare later ones with: .stampede/baselines/NAME.json, from the current folder.

#include <string>

#include "cli/terminal.hpp"
#include "reports/report.hpp"

namespace stampede::cli {

/// Letters, digits, ".", "_" and "-", not first a sign, at most 100. Throws Stop (2) for any other name.
[[nodiscard]] std::string baseline_file(const std::string& name);

/// Makes the folder where there is none. Throws Stop (74) where the baseline could not be written later.
void prepare_baseline(const std::string& name);

/// Without the report's environment, so that equal results are equal files.
void save_baseline(const std::string& name, reports::Report report);

/// Throws Stop: 66 where there is none of that name, with those that there are; 65 and 74 as `load_report`.
[[nodiscard]] reports::Report load_baseline(const std::string& name, ColourWish colour);

}  // namespace stampede::cli
