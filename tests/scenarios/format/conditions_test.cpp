#include "scenarios/format/conditions.hpp"

#include <catch2/catch.hpp>

#include "tests/scenarios/format/support.hpp"

using namespace stampede;
using namespace stampede::scenarios;

namespace {

Reading with_threshold(const std::string& metric, const std::string& condition) {
    return read(changed("\"herd.peak_ratio\": [\"< 3\"], \"recovery.time\": [\"p95 < 20s\", \"max <= 1m\"]",
                        "\"" + metric + "\": [\"" + condition + "\"]"));
}

Condition condition(const std::string& metric, const std::string& text) {
    const Reading reading = with_threshold(metric, text);
    INFO(render(reading.diagnostics));
    REQUIRE(reading.scenario);
    return reading.scenario->thresholds.at(0).conditions.at(0);
}

Diagnostic threshold_mistake(const std::string& metric, const std::string& text) {
    const Reading reading = with_threshold(metric, text);
    REQUIRE(reading.diagnostics.size() == 1);
    return reading.diagnostics[0];
}

}  // namespace

TEST_CASE("a condition is a statistic, a comparator and a value") {
    const Condition all = condition("latency.p99", "p95 <= 250ms");
    CHECK(all.text == "p95 <= 250ms");
    CHECK(all.statistic == Statistic::p95);
    CHECK(all.comparator == Comparator::less_equal);
    CHECK(all.value == 0.25);
    CHECK(condition("herd.peak_ratio", "<3").statistic == Statistic::mean);
    CHECK(condition("herd.peak_ratio", "median>2.5").comparator == Comparator::greater);
    CHECK(condition("herd.peak_ratio", "min >= 1").comparator == Comparator::greater_equal);
    CHECK(condition("herd.peak_ratio", "max < 1e3").value == 1000);
}

TEST_CASE("values are in the metric's unit") {
    CHECK(condition("requests.goodput", "> 120/s").value == 120);
    CHECK(condition("requests.goodput", "> 120").value == 120);
    CHECK(condition("requests.goodput", "> 120/m").value == 2);
    CHECK(condition("breaker.flaps_per_minute", "< 2").value == 2);
    CHECK(condition("breaker.flaps_per_minute", "< 2/s").value == 120);
    CHECK(condition("requests.success_rate", "> 0.99").value == 0.99);
    CHECK(threshold_mistake("recovery.time", "< 20").hint.find("ns us ms s m h") != std::string::npos);
    CHECK(threshold_mistake("requests.success_rate", "> 99").hint == "expected a number from 0 to 1");
    CHECK(threshold_mistake("herd.peak_ratio", "< 3s").message == "\"3s\" is no value of herd.peak_ratio");
}

TEST_CASE("what is no condition says so") {
    CHECK(threshold_mistake("herd.peak_ratio", "3").message.find("is no condition") != std::string::npos);
    CHECK(threshold_mistake("herd.peak_ratio", "").message.find("is no condition") != std::string::npos);
    CHECK(threshold_mistake("herd.peak_ratio", "p99 < 3").message.find("is no condition") != std::string::npos);
    CHECK(threshold_mistake("herd.peak_ratio", "< ").message == "\"\" is no value of herd.peak_ratio");
    CHECK(threshold_mistake("herd.peak_ratio", "< nan").message == "\"nan\" is no value of herd.peak_ratio");
}

TEST_CASE("metrics are those of the catalogue, single numbers only") {
    const Diagnostic unknown = threshold_mistake("herd.peak_ration", "< 3");
    CHECK(unknown.message == "unknown metric \"herd.peak_ration\"");
    CHECK(unknown.hint == "did you mean \"herd.peak_ratio\"?");
    CHECK(threshold_mistake("jitter.delay_mean", "< 3s").message ==
          "jitter.delay_mean is a list by retry; a threshold needs a single number");
}
