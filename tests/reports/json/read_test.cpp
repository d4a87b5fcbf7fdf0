#include "reports/json/read.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "reports/json/json.hpp"
#include "tests/reports/made_up.hpp"

using namespace stampede;
using namespace stampede::reports;

namespace {

/// Few and short: every byte of its text is tried below.
Report small() {
    Report report = made_up::comparison(3);
    for (Summary& variant : report.variants)
        for (SeriesSummary& series : variant.series) series.bins.resize(3);
    report.variants.pop_back();
    report.variants.front().failures = {{4, "killed by signal 11", "stampede run f.json --seeds 4..4"}};
    report.comparisons = compare_all(report.variants);
    report.environment = Environment{1.5, 2.5, 2, 1e6, 3e6, 40};
    return report;
}

/// What is said about a text that is no report.
scenarios::Diagnostic complaint(const std::string& text) {
    scenarios::Diagnostics diagnostics;
    const auto report = read_report(text, "r.json", diagnostics);
    CHECK_FALSE(report);
    REQUIRE(diagnostics.size() == 1);
    return diagnostics.front();
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

using Catch::Matchers::Contains;

}  // namespace

TEST_CASE("a report of before runs were timed by themselves is read, and written as it was") {
    Report report = small();
    report.environment->run_seconds.reset();
    const std::string text = render_json(report);
    scenarios::Diagnostics diagnostics;
    const auto read = read_report(text, "r.json", diagnostics);
    REQUIRE(read);
    CHECK_FALSE(read->environment->run_seconds);
    CHECK(render_json(*read) == text);
}

TEST_CASE("a report that is read and rendered again has the same bytes") {
    for (const Report& report : {small(), made_up::comparison(5), made_up::single(1), made_up::single(4)}) {
        const std::string text = render_json(report);
        scenarios::Diagnostics diagnostics;
        const auto back = read_report(text, "r.json", diagnostics);
        CHECK(scenarios::render(diagnostics).empty());
        REQUIRE(back);
        CHECK(render_json(*back) == text);
    }
}

TEST_CASE("any values of any seeds come back, never and nothing included") {
    CHECK(rc::check("round trip", [](const std::vector<double>& values, bool has_never) {
        std::vector<double> per_seed = values;
        per_seed.push_back(has_never ? sim::never : no_value);
        Report report = made_up::single(1);
        report.variants = {made_up::variant("any", Metric::recovery_time, per_seed)};
        const std::string text = render_json(report);
        scenarios::Diagnostics diagnostics;
        const auto back = read_report(text, "r.json", diagnostics);
        RC_ASSERT(back.has_value());
        RC_ASSERT(render_json(*back) == text);
    }));
}

TEST_CASE("a report that is cut off anywhere is refused with one diagnostic") {
    const std::string text = render_json(small());
    for (std::size_t length = 0; length + 2 < text.size(); length += 37)
        (void)complaint(text.substr(0, length));  // without the last brace and newline it is not whole
}

TEST_CASE("no spoiled byte crashes the reader, and a refusal is one diagnostic") {
    const std::string text = render_json(small());
    for (std::size_t at = 0; at < text.size(); at += 11)
        for (const char byte : {'\0', '"', '-', '9', ']', '\xff'}) {
            std::string spoiled = text;
            spoiled[at] = byte;
            scenarios::Diagnostics diagnostics;
            const auto report = read_report(spoiled, "r.json", diagnostics);
            REQUIRE(diagnostics.size() == (report ? 0 : 1));
            if (report) CHECK_FALSE(render_json(*report).empty());
        }
}

TEST_CASE("foreign files are refused with what was expected") {
    CHECK_THAT(complaint("{}").message, Contains("expected a report of stampede"));
    CHECK_THAT(complaint("[1]").message, Contains("expected a report of stampede"));
    CHECK_THAT(complaint("").message, Contains("unexpected end of input"));
    CHECK_THAT(complaint(R"({"stampede": 1, "services": {}})").message, Contains("this is a scenario"));
    CHECK_THAT(complaint(R"({"stampede": 1})").message, Contains("\"version\" is missing"));
}

TEST_CASE("a newer version's report is refused at its number") {
    const auto diagnostic = complaint("{\n  \"stampede\": 99\n}");
    CHECK_THAT(diagnostic.message, Contains("newer stampede") && Contains("99"));
    CHECK(diagnostic.line == 2);
    CHECK(diagnostic.column == 15);
}

TEST_CASE("what does not fit is refused where it stands") {
    const std::string text = render_json(small());
    CHECK_THAT(complaint(replaced(text, "\"herd.peak_ratio\": {", "\"herd.peak_ration\": {")).message,
               Contains("did you mean \"herd.peak_ratio\""));
    CHECK_THAT(complaint(replaced(text, "\"fingerprints\": [\"9", "\"fingerprints\": [\"")).message,
               Contains("16 hexadecimal digits"));
    CHECK_THAT(complaint(replaced(text, "\"to\":\"open\"", "\"to\":\"oben\"")).message, Contains("\"open\""));
    CHECK_THAT(complaint(replaced(text, "\"attempt\"", "\"atempt\"")).message, Contains("\"attempt\""));
    CHECK_THAT(complaint(replaced(text, "\"begin_s\":30.0", "\"begin_s\":-30.0")).message,
               Contains("expected seconds from 0 on"));
    CHECK_THAT(complaint(replaced(text, "\"interrupted\": false", "\"interrupted\": 0")).message,
               Contains("expected true or false, found the number 0"));
    CHECK_THAT(complaint(replaced(text, "\"seeds\": [1,2,3],\n      \"f", "\"seeds\": [1,2],\n      \"f")).message,
               Contains("one for each of the variant's seeds"));
}
