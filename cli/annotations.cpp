#include "cli/annotations.hpp"

#include "reports/github/github.hpp"

namespace stampede::cli {

std::string annotations(const reports::Report& report, const scenarios::Document& document, const std::string& file) {
    std::vector<std::optional<reports::SourceLine>> places;
    for (const reports::ThresholdResult& threshold : report.thresholds) {
        const auto line = document.threshold_line(threshold.metric, threshold.condition);
        places.push_back(line ? std::optional(reports::SourceLine{file, *line}) : std::nullopt);
    }
    return reports::render_github(report, places);
}

}  // namespace stampede::cli
