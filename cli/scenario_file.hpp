#pragma once
/// From a file and overrides to scenarios that can be run; mistakes are shown on standard error.

#include <string>
#include <vector>

#include "cli/exit.hpp"
#include "cli/terminal.hpp"
#include "scenarios/format/document.hpp"

namespace stampede::cli {

/// A document that is valid, with the scenario in it.
struct Loaded {
    scenarios::Document document;
    scenarios::Scenario scenario;
};

/// 65; 66 or 74 where one of the mistakes is a file that is not there or cannot be read.
[[nodiscard]] Exit exit_of(const scenarios::Diagnostics& diagnostics);

/// Throws Stop (`exit_of`) after the mistakes have been shown, or as `read_file` does.
[[nodiscard]] Loaded load(const std::string& file, const std::vector<scenarios::Override>& overrides,
                          ColourWish colour);

/// Every variant, or Stop with the mistakes of all of them shown.
[[nodiscard]] std::vector<scenarios::Scenario> load_variants(const scenarios::Document& base,
                                                             const std::vector<scenarios::Variant>& variants,
                                                             const std::string& file, ColourWish colour);

/// The file's own variants; mistakes as above.
[[nodiscard]] std::vector<scenarios::Variant> variants_of(const scenarios::Document& document, const std::string& file,
                                                          ColourWish colour);

/// Shows them on standard error.
void show(const scenarios::Diagnostics& diagnostics, ColourWish colour);

}  // namespace stampede::cli
