#pragma once
/// Variants from the command line: --jitter and --vary.

#include <string>
#include <vector>

#include "scenarios/format/document.hpp"

namespace stampede::cli {

/// Splits PATH=VALUE at the first "=". Throws Stop (2) where there is none; `option` is named in the message.
[[nodiscard]] scenarios::Override parse_override(const std::string& text, const std::string& option);

/// Splits at the commas that are not inside quotes, brackets or braces: a value may be any JSON.
[[nodiscard]] std::vector<std::string> split_values(const std::string& text);

/// One thing that is varied: a variant for each of its values.
using Axis = std::vector<scenarios::Variant>;

/// A variant for each jitter, set in every retry layer of the scenario. Throws Stop (2) for an unknown jitter and for a
/// scenario that retries nowhere.
[[nodiscard]] Axis jitter_axis(const std::string& jitters, const scenarios::Scenario& scenario);

/// "PATH=a,b,c" each: a variant for each value, called by the path's last step and the value ("max=5s"), or by as many
/// steps as tell it from the other paths ("a.workers=4", "b.workers=8"). Throws Stop (2) for the seeds, which all
/// variants share.
[[nodiscard]] std::vector<Axis> vary_axes(const std::vector<std::string>& texts);

/// Every combination, the last axis fastest; names are joined by a space. Throws Stop (2) where two variants would have
/// one name.
[[nodiscard]] std::vector<scenarios::Variant> combine(const std::vector<Axis>& axes);

}  // namespace stampede::cli
