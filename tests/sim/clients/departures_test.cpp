/// Requests that end before their time: of clients that go away, and of people who give up.

#include <catch2/catch.hpp>

#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"

using namespace stampede;
using namespace stampede::test;
using scenarios::Arrivals;
using scenarios::ReconnectFault;

namespace {

ReconnectFault reconnect(Duration at, Duration lasts, Duration spread = {}) {
    auto fault = fault_of<ReconnectFault>(at, lasts);
    fault.on = "clients.web";
    fault.spread = spread;
    return fault;
}

/// 1,000 clients of one request each 10 s against a service that is never busy.
Build quiet_fleet() {
    Build build;
    build.open(1'000, 0.1).serving(1'000, constant_time(20ms)).lasting(60s);
    return build;
}

double arrivals_between(const sim::Result& result, double from, double to) {
    const auto bins = series(result, "arrivals");
    double sum = 0;
    for (auto i = static_cast<std::size_t>(from * 10 + 0.5); i < static_cast<std::size_t>(to * 10 + 0.5); ++i)
        sum += bins[i];
    return sum;
}

scenarios::PatienceSettings patience(Duration time, double reload, Duration delay) {
    return {constant_time(time), reload, constant_time(delay), 3, false};
}

}  // namespace

TEST_CASE("clients that reconnect are silent while away and then all come at once or spread") {
    const auto at_once = run_once(quiet_fleet().fault(reconnect(20s, 5s)).scenario());
    CHECK(arrivals_between(at_once, 20, 25) == 0);
    CHECK(arrivals_between(at_once, 25, 25.1) >= 1'000);
    CHECK(arrivals_between(at_once, 25.1, 60) == Approx(100 * 34.9).margin(3.9 * 59));
    const auto spread = run_once(quiet_fleet().fault(reconnect(20s, 5s, 10s)).scenario());
    CHECK(arrivals_between(spread, 20, 25) == 0);
    CHECK(arrivals_between(spread, 25, 25.1) < 40);
    // One each for coming back, and then what each makes in the rest of the time: 5 s of the 10 on average.
    CHECK(arrivals_between(spread, 25, 35) == Approx(1'000 + 500).margin(3.9 * 23));
}

TEST_CASE("what clients were waiting for when they went away is lost and counted") {
    Build build;
    build.open(200, 1, Arrivals::aligned).serving(200, constant_time(400ms)).lasting(10s);
    auto fault = reconnect(5200ms, 1s);
    fault.share = 0.25;
    const auto result = run_once(build.fault(fault).scenario());
    CHECK(get(result, Metric::requests_lost) == 50);
    CHECK(get(result, Metric::attempts_abandoned) == 50);
    CHECK(get(result, Metric::requests_total) == get(result, Metric::requests_succeeded) +
                                                     get(result, Metric::requests_lost) +
                                                     get(result, Metric::requests_running));
    // Ticks 1 to 9 of 200 each; of those away the tick at 6 s is left out, and each makes one when it is back.
    CHECK(get(result, Metric::requests_total) == 9 * 200 - 50 + 50);
}

TEST_CASE("a restart forgets what policies knew and a cut connection does not") {
    const auto opened = [](bool forget) {
        Build build;
        build.open(100, 1, Arrivals::aligned).serving(100, constant_time(1ms)).lasting(40s);
        BreakerSettings breaker;
        breaker.failure_threshold = 2;
        breaker.open_for = 60s;
        build.layer(breaker).fault(outage(2500ms, 5s));
        auto fault = reconnect(20s, 1s);
        fault.forget = forget;
        return run_once(build.fault(fault).scenario());
    };
    // Open since their second failure, at 4 s, and for the rest of the run: one request in the outage's time less.
    const auto cut = opened(false);
    CHECK(get(cut, Metric::requests_succeeded) == 200);
    const auto restarted = opened(true);
    // From 21 s on, when each is back, to the last tick before the end, at 39 s.
    CHECK(get(restarted, Metric::requests_succeeded) == 200 + 100 * 19);
    CHECK(get(restarted, Metric::breaker_transitions) == 200);
    CHECK(get(cut, Metric::breaker_transitions) == 100);
}

TEST_CASE("what all share is forgotten only when all are away") {
    const auto successes = [](double share) {
        Build build;
        build.open(100, 1, Arrivals::aligned).serving(100, constant_time(1ms)).lasting(40s);
        BreakerSettings breaker;
        breaker.scope = Scope::all;
        breaker.failure_threshold = 2;
        breaker.open_for = 60s;
        build.layer(breaker).fault(outage(2500ms, 5s));
        auto fault = reconnect(20s, 1s);
        fault.share = share;
        return get(run_once(build.fault(fault).scenario()), Metric::requests_succeeded);
    };
    CHECK(successes(0.5) == 200);
    CHECK(successes(1) > 2'000);
}

TEST_CASE("loops of a closed load go on after they come back and none is doubled") {
    Build build;
    build.clients().count = 10;
    build.clients().load = scenarios::ClosedLoad{2, constant_time(1s)};
    build.serving(20, constant_time(1s)).lasting(60s);
    const auto result = run_once(build.fault(reconnect(20500ms, 10s)).scenario());
    // Each of 20 loops asks every 2 s: 10 times up to 20.5 s, and from 30.5 s on 15 times.
    CHECK(get(result, Metric::requests_total) == 20 * (10 + 15));
    CHECK_FALSE(find(result, Metric::requests_lost));
    const auto in_flight = run_once(Build(build).fault(reconnect(41500ms, 100ms)).scenario());
    CHECK(get(in_flight, Metric::requests_lost) == 20);
}

TEST_CASE("people give up after their patience and reload as often as they may") {
    Build build;
    build.open(100, 1, Arrivals::aligned).serving(10'000, constant_time(5s)).lasting(20s);
    build.clients().patience = patience(500ms, 1, 250ms);
    build.clients().load = scenarios::OpenLoad{Rate{0.1}, Arrivals::aligned};
    const auto result = run_once(build.scenario());
    // A visit at 10 s: the first request and three reloads, each given up.
    CHECK(get(result, Metric::requests_total) == 400);
    CHECK(get(result, Metric::requests_reloads) == 300);
    CHECK(get(result, Metric::requests_given_up) == 400);
    CHECK(get(result, Metric::visits_success_rate) == 0);
    CHECK(get(result, Metric::requests_running) == 0);
    CHECK(get(result, Metric::retry_wasted_work) == Approx(1));  // the work goes on
}

TEST_CASE("a share of those who give up reload and whoever gets an answer does not") {
    Build build;
    build.open(10'000, 0.1, Arrivals::regular).serving(20'000, scenarios::BimodalTime{10ms, 5s, 0.2}).lasting(100s);
    build.clients().patience = patience(1s, 0.5, 100ms);
    const auto result = run_once(build.scenario());
    const double visits = get(result, Metric::requests_total) - get(result, Metric::requests_reloads);
    // A load is given up with chance 0.2 and then reloaded with 0.5, at most three times.
    CHECK(get(result, Metric::requests_reloads) / visits == Approx(0.1 + 0.01 + 0.001).epsilon(0.04));
    // It succeeds at the first, or after reloads.
    CHECK(get(result, Metric::visits_success_rate) == Approx(0.8 * (1 + 0.1 + 0.01 + 0.001)).margin(0.005));
    CHECK(get(result, Metric::latency_max) < 1);
}

TEST_CASE("people may reload failures too") {
    Build build;
    build.open(10, 0.1, Arrivals::aligned).serving(10, constant_time(1ms)).lasting(15s).fault(outage(0s, 10500ms));
    build.clients().patience = patience(5s, 1, 300ms);
    CHECK(get(run_once(build.scenario()), Metric::requests_total) == 10);
    build.clients().patience->on_failure = true;
    const auto result = run_once(build.scenario());
    // At 10 s, 10.3 s and, with success, 10.6 s.
    CHECK(get(result, Metric::requests_total) == 30);
    CHECK(get(result, Metric::visits_success_rate) == 1);
    CHECK(get(result, Metric::requests_success_rate) == Approx(1 / 3.0));
}

TEST_CASE("a population that is not impatient pays nothing for one that is") {
    Build build;
    build.open(100, 1).serving(5, exponential_time(50ms)).lasting(10s);
    const auto alone = run_once(build.scenario());
    build.scenario().services.push_back({"other", build.service()});
    auto other = build.clients();
    other.calls = "other";
    other.patience = patience(10ms, 0.9, 1ms);
    build.scenario().clients.push_back({"impatient", other});
    const auto beside = run_once(build.scenario());
    CHECK(get(beside, Metric::requests_total, "clients.web") == get(alone, Metric::requests_total));
    CHECK(get(beside, Metric::latency_p99, "clients.web") == get(alone, Metric::latency_p99));
    CHECK(get(beside, Metric::requests_given_up, "clients.impatient") > 0);
    CHECK_FALSE(find(beside, Metric::requests_given_up, "clients.web"));
}
