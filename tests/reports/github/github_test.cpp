#include "reports/github/github.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/golden.hpp"
#include "tests/reports/made_up.hpp"
#include "tests/reports/traps.hpp"

using namespace stampede::reports;

TEST_CASE("the annotations for GitHub") {
    const Report report = made_up::everything();
    check_golden("everything.github", render_github(report, {SourceLine{"a,b/c:d.json", 12}}));
}

TEST_CASE("where all is well nothing is said") {
    Report report = made_up::single(2);
    for (ThresholdResult& threshold : report.thresholds) threshold.passed = true;
    CHECK(render_github(report).empty());
}

TEST_CASE("no text begins a command of its own or ends one") {
    const Report report = made_up::everything_named(made_up::nasty);
    std::size_t commands = report.variants.front().failures.size();
    for (const ThresholdResult& threshold : report.thresholds) commands += threshold.passed ? 0 : 1;
    const std::string text = render_github(report);
    CHECK(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) == commands);
    CHECK(text.find('\r') == std::string::npos);
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
        CHECK(text.compare(at, 8, "::error ") == 0);
        // The per cent sign of the name is escaped itself, so what it says is not taken for a line break.
        CHECK(text.find("::error::%250A", at) != std::string::npos);
    }
}

TEST_CASE("an interruption is a warning") {
    Report report = made_up::single(2);
    report.thresholds.clear();
    report.interrupted = true;
    CHECK(render_github(report).starts_with("::warning title=Interrupted::"));
}
