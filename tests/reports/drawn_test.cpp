#include "reports/drawn.hpp"

#include <catch2/catch.hpp>

#include "reports/html/html.hpp"
#include "reports/json/json.hpp"
#include "reports/json/read.hpp"
#include "reports/terminal/terminal.hpp"
#include "tests/reports/made_up.hpp"

using namespace stampede;
using namespace stampede::reports;

namespace {

/// Two seeds, in each of which another fault was drawn.
Summary with_drawn(const std::string& name, std::int64_t later_s, bool weaker = false) {
    std::vector<sim::Result> results;
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
        results.push_back(made_up::result(seed, {{Metric::requests_total, 10}}));
        const Instant begin{std::chrono::seconds{10 * static_cast<std::int64_t>(seed) + later_s}};
        results.back().faults = {{"outage", "services.api", {}, Instant{std::chrono::seconds{5}}},
                                 {"crash", "services.api[1]", begin, begin + std::chrono::seconds{5}, 3}};
        if (weaker) results.back().faults.back().strength = 0.43;
    }
    return summarise(name, {}, results, {});
}

Report report_on(std::vector<Summary> variants) {
    Report report = made_up::single(2);
    report.variants = std::move(variants);
    report.comparisons.clear();
    return report;
}

}  // namespace

TEST_CASE("reports say what was drawn for each seed, once where all variants met the same") {
    const Report report = report_on({with_drawn("a", 0), with_drawn("b", 0)});
    const std::string text = render_terminal(report, {});
    CHECK(text.find("Faults that were drawn\nseed 1: crash services.api[1] 10.0 s to 15.0 s\nseed 2: crash "
                    "services.api[1] 20.0 s to 25.0 s\n") != std::string::npos);
    CHECK(render_html(report).find("crash services.api[1] 20.0 s to 25.0 s") != std::string::npos);

    const Report other = report_on({with_drawn("a", 0), with_drawn("b", 1)});
    const std::string both = render_terminal(other, {});
    CHECK(both.find("Faults that were drawn with a\nseed 1: crash services.api[1] 10.0 s") != std::string::npos);
    CHECK(both.find("Faults that were drawn with b\nseed 1: crash services.api[1] 11.0 s") != std::string::npos);
}

TEST_CASE("reports say how strong a fault is that was drawn weaker than it is written") {
    const Report report = report_on({with_drawn("a", 0, true)});
    const std::string text = render_terminal(report, {});
    CHECK(text.find("seed 2: crash services.api[1] 20.0 s to 25.0 s at 43 % of its strength") != std::string::npos);
    scenarios::Diagnostics diagnostics;
    const auto again = read_report(render_json(report), "report.json", diagnostics);
    REQUIRE(again);
    CHECK(render_terminal(*again, {}) == text);
}

TEST_CASE("where nothing was drawn no report speaks of it") {
    const Report report = made_up::single(2);
    CHECK(drawn_schedules(report).empty());
    CHECK(render_json(report).find("drawn_faults") == std::string::npos);
    CHECK(render_html(report).find("id=\"drawn\"") == std::string::npos);
}

TEST_CASE("what was drawn is read back from the JSON report") {
    const Report report = report_on({with_drawn("a", 0)});
    scenarios::Diagnostics diagnostics;
    const auto again = read_report(render_json(report), "report.json", diagnostics);
    REQUIRE(again);
    REQUIRE(again->variants.front().drawn.size() == 2);
    CHECK(again->variants.front().drawn[1].faults.front().drawn == 3);
    CHECK(render_terminal(*again, {}) == render_terminal(report, {}));
}
