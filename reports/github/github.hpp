#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "reports/report.hpp"

namespace stampede::reports {

/// Where a threshold is written.
struct SourceLine {
    std::string file;  ///< as GitHub knows it: from the top of the repository
    std::size_t line;  ///< from 1
};

/// Workflow commands that GitHub Actions shows as annotations, one a line: an error for every threshold that failed and
/// every run that died, a warning where an interruption left seeds out. Empty where all is well.
/// `places[i]` belongs to `report.thresholds[i]`; one that is missing gives an annotation without a place.
[[nodiscard]] std::string render_github(const Report& report,
                                        const std::vector<std::optional<SourceLine>>& places = {});

}  // namespace stampede::reports
