/// Hedged runs whose every number can be worked out by hand.

#include <catch2/catch.hpp>

#include "sim/run.hpp"
#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;
using scenarios::Arrivals;
using scenarios::OutageMode;

namespace {

/// One client that requests at 1 s, 2 s, … 9 s and hedges after 100 ms; the network takes 5 ms each way.
Build hedged(Duration service_time) {
    Build build;
    build.open(1, 1, Arrivals::aligned).serving(4, constant_time(service_time));
    build.layer(HedgeSettings{.after = 100ms}).network().latency = 5ms;
    return build;
}

}  // namespace

TEST_CASE("an answer that comes in time needs no hedge") {
    const Result result = run_once(hedged(10ms).scenario());
    CHECK(get(result, Metric::requests_succeeded) == 9);
    CHECK(get(result, Metric::attempts_total) == 9);
    CHECK(get(result, Metric::hedge_issued) == 0);
    CHECK(get(result, Metric::hedge_won) == 0);
}

TEST_CASE("a hedge that comes second is given up, and its work is wasted") {
    const Result result = run_once(hedged(300ms).scenario());
    CHECK(get(result, Metric::requests_succeeded) == 9);
    CHECK(get(result, Metric::latency_max) == Approx(0.310).epsilon(1e-12));
    CHECK(get(result, Metric::attempts_total) == 18);
    CHECK(get(result, Metric::attempts_ok) == 9);
    CHECK(get(result, Metric::attempts_abandoned) == 9);
    CHECK(get(result, Metric::attempts_timed_out) == 0);
    CHECK(get(result, Metric::attempts_late) == 9);
    CHECK(get(result, Metric::retry_wasted_work) == Approx(0.5));
    CHECK(get(result, Metric::hedge_issued) == 9);
    CHECK(get(result, Metric::hedge_won) == 0);
}

TEST_CASE("a hedge answers where the first try was swallowed") {
    Build build = hedged(10ms);
    build.fault(outage(4'900ms, 150ms, OutageMode::blackhole));
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::requests_succeeded) == 9);
    CHECK(get(result, Metric::hedge_issued) == 1);
    CHECK(get(result, Metric::hedge_won) == 1);
    CHECK(get(result, Metric::latency_max) == Approx(0.120).epsilon(1e-12));
}

TEST_CASE("an error starts the hedge at once") {
    Build build = hedged(10ms);
    build.fault(outage(4'900ms, 106ms, OutageMode::refuse));
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::requests_succeeded) == 9);
    CHECK(get(result, Metric::attempts_refused_outage) == 1);
    CHECK(get(result, Metric::hedge_won) == 1);
    CHECK(get(result, Metric::latency_max) == Approx(0.030).epsilon(1e-12));
}

TEST_CASE("a timeout around the hedge cuts all its attempts, each counted once") {
    Build build;
    build.open(1, 1, Arrivals::aligned).serving(4, constant_time(600ms));
    build.layer(timeout_after(350ms)).layer(HedgeSettings{.after = 100ms, .max_hedges = 2});
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::requests_failed) == 9);
    CHECK(get(result, Metric::attempts_total) == 27);
    CHECK(get(result, Metric::attempts_timed_out) + get(result, Metric::attempts_abandoned) == 27);
    CHECK(get(result, Metric::hedge_issued) == 18);
}

TEST_CASE("hedges under way when the run ends are attempts in flight of one running request") {
    Build build = hedged(700ms);
    build.lasting(9'500ms);
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::requests_running) == 1);
    CHECK(get(result, Metric::attempts_in_flight) == 2);
}
