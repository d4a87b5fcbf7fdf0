#include "reports/json/json.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/golden.hpp"
#include "tests/reports/made_up.hpp"

using namespace stampede;
using namespace stampede::reports;
using Json = nlohmann::ordered_json;

namespace {

/// Short series: the golden file is for reading.
Report short_report() {
    Report report = made_up::comparison(3);
    for (Summary& variant : report.variants)
        for (SeriesSummary& series : variant.series) series.bins.resize(4);
    report.variants.front().failures = {
        {4, "killed by signal 11 (Segmentation fault)", "stampede run f.json --seeds 4..4"}};
    report.comparisons.erase(report.comparisons.begin() + 3, report.comparisons.end() - 3);
    return report;
}

}  // namespace

TEST_CASE("the JSON report") { check_golden("comparison.json", render_json(short_report())); }

TEST_CASE("equal reports give equal bytes") {
    CHECK(render_json(made_up::comparison(4)) == render_json(made_up::comparison(4)));
}

TEST_CASE("what can be read back is what was put in") {
    const Report report = made_up::comparison(3);
    const Json json = Json::parse(render_json(report));
    CHECK(json["stampede"] == format_version);
    CHECK(json["scenario"] == report.scenario);
    const Json& peak = json["variants"][0]["metrics"]["herd.peak_ratio"];
    const Quantity& quantity = *report.variants[0].find(Metric::herd_peak_ratio);
    CHECK(peak["unit"] == "ratio");
    CHECK(peak["mean"].get<double>() == quantity.estimate.mean);
    CHECK(peak["per_seed"].get<std::vector<double>>() == quantity.per_seed);
    CHECK(peak["by"]["services.payments"]["hi"].get<double>() == quantity.estimate.hi);
}

TEST_CASE("never is a word and has neither mean nor interval, what has no value is null") {
    Report report = made_up::single(3);
    report.variants[0] = made_up::variant("base", Metric::recovery_time, {4.0, sim::never, no_value});
    const Json metric = Json::parse(render_json(report))["variants"][0]["metrics"]["recovery.time"];
    CHECK(metric["per_seed"] == Json{4.0, "never", nullptr});
    CHECK(metric["mean"].is_null());
    CHECK(metric["lo"].is_null());
    CHECK(metric["median"] == "never");
    CHECK(metric["nevers"] == 1);
}

TEST_CASE("the environment is there when it is known and only then") {
    Report report = made_up::single(2);
    CHECK_FALSE(Json::parse(render_json(report)).contains("environment"));
    report.environment = Environment{1.5, 2.5, 2, 1e6, 3e6, 40};
    CHECK(Json::parse(render_json(report))["environment"]["seconds"] == 1.5);
}

TEST_CASE("a failed run is listed with the command that runs it alone") {
    const Json failures = Json::parse(render_json(short_report()))["variants"][0]["failures"];
    REQUIRE(failures.size() == 1);
    CHECK(failures[0]["seed"] == 4);
    CHECK(failures[0]["command"] == "stampede run f.json --seeds 4..4");
}
