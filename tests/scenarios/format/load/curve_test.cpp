#include "scenarios/format/load/curve.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "scenarios/format/load/sine.hpp"
#include "tests/scenarios/format/support.hpp"

using namespace stampede;
using namespace stampede::scenarios;
using namespace std::chrono_literals;

namespace {

RateCurve curve_over(double rate, const std::vector<LoadShape>& shapes, double until_s) {
    OpenLoad load{Rate{rate}};
    load.shape = shapes;
    return RateCurve(lines_of(load, 1, until_s), until_s);
}

const RampShape ramp{10s, 20s, 0, 1};
const StepShape step{40s, 3};
const SpikeShape spike{50s, 10s, 5, 2s, 4s};

Reading with_load(const std::string& open) {
    return read(changed(R"("open": { "rate": "30/m" })", R"("open": )" + open));
}

}  // namespace

TEST_CASE("the sine is that of the standard library within a few units in the last place") {
    constexpr double pi = 3.14159265358979323846;
    for (int i = -2000; i <= 2000; ++i)
        CHECK(sine_of_turns(i / 777.0) == Approx(std::sin(2 * pi * i / 777.0)).margin(1e-14));
}

TEST_CASE("the integral of a shape is what geometry says") {
    CHECK(curve_over(2, {}, 60).expected(60) == Approx(120));
    CHECK(curve_over(1, {ramp}, 60).expected(10) == 0);
    CHECK(curve_over(1, {ramp}, 60).expected(20) == Approx(2.5));
    CHECK(curve_over(1, {ramp}, 60).expected(60) == Approx(40));
    CHECK(curve_over(1, {step}, 60).expected(60) == Approx(40 + 3 * 20));
    CHECK(curve_over(1, {spike}, 80).expected(80) == Approx(70 + 5 * 4 + 3 * (2 + 4)));
    CHECK(curve_over(1, {SineShape{10s, 0.5, 0s}}, 60).expected(60) == Approx(60));
    // Over a half wave the sine adds amplitude · period / pi; the straight lines are less than 0.02 % off.
    CHECK(curve_over(1, {SineShape{10s, 0.5, 0s}}, 60).expected(5) == Approx(5 + 5 / 3.14159265).epsilon(2e-4));
}

TEST_CASE("shapes are multiplied with each other") {
    CHECK(curve_over(1, {ramp, StepShape{20s, 4}}, 60).expected(20) == Approx(2.5));
    CHECK(curve_over(1, {ramp, StepShape{20s, 4}}, 60).expected(30) == Approx(2.5 + 4 * 7.5));
    // Two ramps at once are a parabola, x²/400 over 20 s.
    CHECK(curve_over(1, {ramp, ramp}, 60).expected(30) == Approx(20.0 / 3).epsilon(2e-3));
}

TEST_CASE("the inverse of the integral finds every time but those at which nothing comes") {
    const RateCurve curve = curve_over(3, {ramp, step, spike, SineShape{7s, 0.9, 1s}}, 80);
    for (double t = 10.1; t < 80; t += 0.37) CHECK(curve.when(curve.expected(t)) == Approx(t).epsilon(1e-9));
    CHECK(curve.when(0) == 10);
    CHECK(std::isinf(curve.when(curve.expected(80))));
}

TEST_CASE("a trace says the rate of all clients together") {
    OpenLoad load;
    load.trace = {{0s, Rate{100}}, {10s, Rate{0}}, {20s, Rate{300}}};
    CHECK(expected_requests(load, 50, 30s) == Approx(100 * 10 + 300 * 10));
    const RateCurve curve(lines_of(load, 50, 30), 30);
    CHECK(curve.expected(30) == Approx(4000 / 50.0));
    CHECK(curve.when(20) == 20);
}

TEST_CASE("the guard against too many requests knows shapes and surges and states") {
    const auto expected = [](const std::string& open) {
        const Reading reading = with_load(open);
        INFO(render(reading.diagnostics));
        REQUIRE(reading.scenario);
        return expected_requests(std::get<OpenLoad>(reading.scenario->clients[0].value.load), 100, 60s);
    };
    CHECK(expected(R"({ "rate": "1/s" })") == Approx(6'000));
    CHECK(expected(R"({ "rate": "1/s", "shape": [ { "step": { "at": "30s", "factor": 3 } } ] })") == Approx(12'000));
    CHECK(expected(R"({ "rate": "1/s", "batch": { "fixed": { "value": 7 } } })") == Approx(6'000));
    CHECK(expected(R"({ "rate": "1/s", "modulation": { "states": [ { "factor": 1, "stay": "3s" },
                                                                    { "factor": 5, "stay": "1s" } ] } })") ==
          Approx(12'000));
    const Reading surge = read(changed(
        R"("faults": [)",
        R"("faults": [ { "surge": { "at": "0s", "for": "30s", "on": "clients.web", "factor": 9, "share": 0.5 } }, )"));
    REQUIRE(surge.scenario);
    const Reading none = read(example);
    CHECK(expected_requests(*surge.scenario) - expected_requests(*none.scenario) == Approx(100 * 0.5 * 60 * 2));
}

TEST_CASE("what an open load cannot be is told where it is said") {
    const auto only = [](const std::string& open) {
        const Reading reading = with_load(open);
        INFO(open);
        REQUIRE(reading.diagnostics.size() == 1);
        return underlined(reading.diagnostics[0]) + ": " + reading.diagnostics[0].message;
    };
    CHECK(only(R"({ "arrivals": "regular" })").starts_with("{: how many requests?"));
    CHECK(only(R"({ "rate": "1/s", "trace": [ { "time": "0s", "rate": "1/s" } ] })")
              .starts_with("\"1/s\": goes without"));
    CHECK(only(R"({ "trace": [ { "time": "5s", "rate": "1/s" }, { "time": "5s", "rate": "2/s" } ] })") ==
          "[: times must grow, but 5s follows 5s");
    CHECK(only(R"({ "rate": "1/s", "shape": [ { "spike": { "at": "1s", "for": "2s", "factor": 2, "rise": "3s" } } ] })")
              .ends_with("is 2s, but the rise (3s) and the fall (0s) take longer"));
    CHECK(only(R"({ "rate": "1/s", "modulation": { "states": [ { "factor": 1, "stay": "3s" } ] } })")
              .starts_with("[: 1 of them"));
    CHECK(only(R"({ "rate": "1/s", "batch": { "uniform": { "min": 3, "max": 2 } } })").ends_with("is below min (3)"));
    CHECK(only(R"({ "rate": "1/s", "modulation": { "states": [ { "factor": 1, "stay": "1us" },
                                                                { "factor": 2, "stay": "1us" } ] } })")
              .find("changes about") != std::string::npos);
}
