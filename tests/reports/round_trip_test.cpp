#include <catch2/catch.hpp>

#include "reports/json/json.hpp"
#include "reports/json/read.hpp"
#include "reports/reporter.hpp"
#include "tests/reports/traps.hpp"

using namespace stampede;
using namespace stampede::reports;

TEST_CASE("every format is the same bytes whether it was rendered at once or from the JSON report") {
    const Report report = made_up::everything();
    scenarios::Diagnostics diagnostics;
    const auto again = read_report(render_json(report), "report.json", diagnostics);
    INFO(render(diagnostics));
    REQUIRE(again);
    for (const Reporter& reporter : reporters()) {
        INFO(reporter.extension);
        CHECK(reporter.render(*again) == reporter.render(report));
    }
}
