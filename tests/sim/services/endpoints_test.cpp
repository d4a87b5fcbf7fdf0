/// Services with endpoints, seen in runs by numbers that can be said beforehand.

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace stampede::scenarios;
using sim::Result;

namespace endpoints_test {
namespace {

EndpointSettings endpoint(double weight, TimeDistribution time) {
    EndpointSettings settings;
    settings.weight = weight;
    settings.service_time = time;
    return settings;
}

/// Three quick calls to one slow one.
Build quick_and_slow(double per_second) {
    Build build;
    build.serving(1, constant_time(1s)).open(1, per_second).lasting(2100s, 100s);
    build.service().queue.limit = 1'000'000;
    build.service().endpoints = {{"quick", endpoint(3, constant_time(5ms))},
                                 {"slow", endpoint(1, exponential_time(25ms))}};
    build.clients().policy.clear();
    build.run().bin = 1s;
    return build;
}

constexpr const char* quick = "services.api/quick";
constexpr const char* slow = "services.api/slow";

}  // namespace

TEST_CASE("endpoints together are one mixed service time, and wait as Pollaczek and Khinchine say") {
    const Result result = run_once(quick_and_slow(70).scenario());
    // E[S] = 10 ms, E[S²] = 0.75 · 25 + 0.25 · 2 · 625 = 331.25 ms²; W = λ E[S²] / (2 (1 - λ E[S])).
    CHECK(get(result, Metric::service_wait_mean) == Approx(70 * 331.25e-6 / (2 * 0.3)).epsilon(0.08));
    CHECK(get(result, Metric::service_utilisation) == Approx(0.7).epsilon(0.02));
    const double all = get(result, Metric::requests_total);
    CHECK(get(result, Metric::requests_total, quick) / all == Approx(0.75).margin(3.9 * std::sqrt(0.1875 / all)));
    CHECK(get(result, Metric::requests_total, quick) + get(result, Metric::requests_total, slow) == all);
    CHECK(get(result, Metric::attempts_ok, quick) + get(result, Metric::attempts_ok, slow) ==
          get(result, Metric::attempts_ok));
    CHECK(get(result, Metric::service_offered_load) == Approx(0.7).epsilon(0.02));
}

TEST_CASE("callers can name the endpoint that they call") {
    Build build = quick_and_slow(1);
    build.serving(10, constant_time(1s)).lasting(200s);
    build.clients().endpoint = "quick";
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::latency_max) == Approx(0.005));
    CHECK(get(result, Metric::requests_total, slow) == 0);
}

TEST_CASE("an endpoint has errors and a time for them of its own, else those of its service") {
    Build build = quick_and_slow(50);
    build.serving(100, constant_time(1s)).lasting(400s);
    build.service().errors = {0.1, ErrorClass::transient, {}};
    build.service().endpoints[1].value.errors = ErrorSettings{0.4, ErrorClass::client_error, constant_time(1ms)};
    const Result result = run_once(build.scenario());
    const double of_quick = get(result, Metric::attempts_errors, quick) / get(result, Metric::attempts_total, quick);
    const double of_slow = get(result, Metric::attempts_errors, slow) / get(result, Metric::attempts_total, slow);
    CHECK(of_quick == Approx(0.1).margin(3.9 * std::sqrt(0.09 / 15'000)));
    CHECK(of_slow == Approx(0.4).margin(3.9 * std::sqrt(0.24 / 5'000)));
    // The errors of the slow one take 1 ms instead of 25 ms.
    CHECK(get(result, Metric::service_utilisation) * 100 ==
          Approx(37.5 * 0.005 + 12.5 * (0.6 * 0.025 + 0.4 * 0.001)).epsilon(0.04));
}

TEST_CASE("faults of an endpoint leave the others alone, and end") {
    Build build = quick_and_slow(50);
    build.serving(100, constant_time(1s)).lasting(400s);
    const auto strikes = [&](auto fault) {
        build.scenario().faults.clear();
        fault.on = "api/slow";
        build.fault(fault);
        return run_once(build.scenario());
    };
    const Result well = run_once(build.scenario());
    const double calls = get(well, Metric::requests_total, slow);
    const Result down = strikes(outage(100s, 200s));
    CHECK(get(down, Metric::attempts_refused_outage, quick) == 0);
    CHECK(get(down, Metric::attempts_refused_outage, slow) == Approx(calls / 2).epsilon(0.07));
    CHECK(get(strikes(outage(100s, 200s, OutageMode::blackhole)), Metric::requests_running, slow) ==
          Approx(calls / 2).epsilon(0.07));
    CHECK(get(strikes(errors(100s, 200s, 0.5)), Metric::attempts_errors) == Approx(calls / 4).epsilon(0.1));
    const Result slower = strikes(slowdown(100s, 200s, 10));
    CHECK(get(slower, Metric::latency_max, quick) == Approx(0.005).epsilon(0.01));
    CHECK(get(slower, Metric::service_utilisation) * 100 ==
          Approx(37.5 * 0.005 + 12.5 * 0.025 * (0.5 + 0.5 * 10)).epsilon(0.1));
    auto later = fault_of<LatencyFault>(100s, 200s);
    later.add = constant_time(1s);
    later.holds_worker = false;
    const Result late = strikes(later);
    CHECK(get(late, Metric::latency_max, quick) == Approx(0.005).epsilon(0.01));
    CHECK(get(late, Metric::latency_p90, slow) > 1);
    CHECK(get(late, Metric::service_utilisation) == Approx(get(well, Metric::service_utilisation)).epsilon(0.001));
}

TEST_CASE("attempts at a stand-in are none at an endpoint, whichever branch of the call makes them") {
    Build build = quick_and_slow(50);
    build.serving(100, constant_time(1s)).lasting(100s);
    build.scenario().services.push_back({"spare", {}});
    build.scenario().services.back().value.workers = 100;
    build.clients().alternatives = {"spare"};
    build.clients().policy = "stack";
    FallbackSettings fallback;
    fallback.value = FallbackValue::service;
    auto down = outage(20s, 40s);
    down.on = "api/slow";
    build.fault(down).layer(HedgeSettings{.after = 8ms}).layer(fallback).layer(timeout_after(30ms));
    const Result result = run_once(build.scenario());
    const auto both = [&](Metric metric) { return get(result, metric, quick) + get(result, metric, slow); };
    CHECK(both(Metric::attempts_total) == get(result, Metric::service_called, "services.api"));
    CHECK(get(result, Metric::attempts_total) ==
          both(Metric::attempts_total) + get(result, Metric::service_called, "services.spare"));
    CHECK(both(Metric::attempts_refused_outage) == get(result, Metric::attempts_refused_outage));
    CHECK(get(result, Metric::attempts_refused_outage) > 400);
    CHECK(both(Metric::attempts_abandoned) > 100);
    CHECK(both(Metric::attempts_total) == both(Metric::attempts_ok) + both(Metric::attempts_refused_outage) +
                                              both(Metric::attempts_timed_out) + both(Metric::attempts_abandoned) +
                                              both(Metric::attempts_in_flight));
}

TEST_CASE("all attempts of a call go to the same endpoint") {
    Build build = quick_and_slow(50);
    build.serving(100, constant_time(1s)).lasting(100s);
    build.layer(retries(3));
    build.clients().policy = "stack";
    auto fault = errors(1ms, 99998ms, 1);
    fault.on = "api/slow";
    build.fault(fault);
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::requests_succeeded, slow) == 0);
    CHECK(get(result, Metric::requests_failed, quick) == 0);
    CHECK(get(result, Metric::attempts_total, quick) == get(result, Metric::requests_total, quick));
    CHECK(get(result, Metric::attempts_total, slow) > 2.9 * get(result, Metric::requests_total, slow));
}

}  // namespace endpoints_test
