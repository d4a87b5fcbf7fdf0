#include <array>

#include "reports/csv/csv.hpp"
#include "reports/hgrm/hgrm.hpp"
#include "reports/html/html.hpp"
#include "reports/json/json.hpp"
#include "reports/junit/junit.hpp"
#include "reports/markdown/markdown.hpp"
#include "reports/openmetrics/openmetrics.hpp"
#include "reports/reporter.hpp"
#include "reports/trace/trace.hpp"

namespace stampede::reports {
namespace {

/// The list of formats.
constexpr std::array all{
    Reporter{".json", "everything, for programs: see docs/report-format.md", render_json},
    Reporter{".html", "one page with charts, for people", render_html},
    Reporter{".md", "a comment on a pull request (GitHub's Markdown)", render_markdown},
    Reporter{".csv", "every metric of every seed, one a line", render_csv},
    Reporter{".series.csv", "the time series, one bin a line", render_series_csv},
    Reporter{".xml", "thresholds as test cases (JUnit)", render_junit},
    Reporter{".trace.json", "requests, breakers and faults for ui.perfetto.dev", render_trace},
    Reporter{".hgrm", "latency percentiles (HdrHistogram)", render_hgrm},
    Reporter{".om", "metrics and series in simulated time (OpenMetrics)", render_openmetrics},
};

}  // namespace

std::span<const Reporter> reporters() { return all; }

const Reporter* reporter_for(std::string_view file_name) {
    const Reporter* best = nullptr;
    for (const Reporter& reporter : all)
        if (file_name.ends_with(reporter.extension) && (!best || reporter.extension.size() > best->extension.size()))
            best = &reporter;
    return best;
}

}  // namespace stampede::reports
