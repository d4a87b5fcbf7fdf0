#include "reports/junit/junit.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/golden.hpp"
#include "tests/reports/made_up.hpp"
#include "tests/reports/traps.hpp"

using namespace stampede::reports;

namespace {

std::size_t count(const std::string& text, const std::string& what) {
    std::size_t n = 0;
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; ++at) ++n;
    return n;
}

}  // namespace

TEST_CASE("the JUnit report") { check_golden("everything.xml", render_junit(made_up::everything())); }

TEST_CASE("the JUnit report of names with everything in them") {
    check_golden("nasty.xml", render_junit(made_up::everything_named(made_up::nasty)));
}

TEST_CASE("what failed is a failure, what died an error, and the counts say so") {
    const std::string xml = render_junit(made_up::everything());
    std::size_t failed = 0;
    for (const ThresholdResult& threshold : made_up::everything().thresholds) failed += threshold.passed ? 0 : 1;
    CHECK(count(xml, "<failure ") == failed);
    CHECK(count(xml, "<error ") == 1);
    CHECK(xml.find("failures=\"" + std::to_string(failed) + "\" errors=\"1\" time=\"12.500\">") != std::string::npos);
}

TEST_CASE("without thresholds a suite still says that its runs finished") {
    Report report = made_up::single(2);
    report.thresholds.clear();
    const std::string xml = render_junit(report);
    CHECK(count(xml, "<testcase ") == 1);
    CHECK(xml.find("name=\"every seed finishes\"/>") != std::string::npos);
}

TEST_CASE("seeds that an interruption left out are skipped, not passed") {
    Report report = made_up::single(2);
    report.thresholds.clear();
    report.seeds.push_back(3);
    report.interrupted = true;
    CHECK(render_junit(report).find("<skipped>interrupted: 2 of 3 seeds finished</skipped>") != std::string::npos);
}
