#include <catch2/catch.hpp>

#include "tests/sim/support/tallies.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;
using namespace std::chrono_literals;

namespace {

/// A different count for every outcome, so that one put to the wrong metric shows.
std::array<std::uint64_t, outcome_count> powers_of_two() {
    std::array<std::uint64_t, outcome_count> counts{};
    for (std::size_t i = 0; i < outcome_count; ++i) counts[i] = 1ULL << i;
    return counts;
}

double power(OutcomeSet outcomes) {
    double sum = 0;
    for (const OutcomeName& each : outcome_names)
        if (outcomes.contains(each.outcome)) sum += static_cast<double>(1ULL << static_cast<unsigned>(each.outcome));
    return sum;
}

}  // namespace

TEST_CASE("every outcome of a request is in exactly one of succeeded, failed, fallback and refused") {
    HandMade run;
    run.clients().ended = powers_of_two();
    run.clients().requests = (1U << outcome_count) - 1 + 7;
    run.clients().running = 7;
    const Result result = run.result(&add_requests);
    CHECK(get(result, Metric::requests_succeeded) == power({Outcome::success}));
    CHECK(get(result, Metric::requests_failed) == power({Outcome::transient, Outcome::overload, Outcome::unavailable,
                                                         Outcome::client_error, Outcome::timeout, Outcome::reset}));
    CHECK(get(result, Metric::requests_fallback) == power({Outcome::fallback}));
    CHECK(get(result, Metric::requests_refused) ==
          power({Outcome::breaker_open, Outcome::bulkhead_full, Outcome::rate_limited, Outcome::throttled,
                 Outcome::limit_reached, Outcome::shed, Outcome::pool_exhausted}));
    CHECK(get(result, Metric::requests_running) == 7);
    CHECK(get(result, Metric::requests_total) ==
          get(result, Metric::requests_succeeded) + get(result, Metric::requests_failed) +
              get(result, Metric::requests_fallback) + get(result, Metric::requests_refused) + 7);
}

TEST_CASE("the success rate is of the requests that ended, goodput of the measured time") {
    HandMade run;
    run.lasting(20s, 4s);
    run.clients().requests = 100;
    run.clients().running = 20;
    run.clients().ended[static_cast<std::size_t>(Outcome::success)] = 60;
    const Result result = run.result(&add_requests);
    CHECK(get(result, Metric::requests_success_rate) == Approx(0.75));
    CHECK(get(result, Metric::requests_goodput) == Approx(60.0 / 16));
}

TEST_CASE("where no request has ended there is no success rate") {
    HandMade run;
    CHECK_FALSE(find(run.result(&add_requests), Metric::requests_success_rate));
}

TEST_CASE("every outcome of an attempt is in exactly one of ok, refused_outage, rejected_full, errors and not sent") {
    HandMade run;
    run.clients().settled = powers_of_two();
    run.clients().attempts = 1000;
    run.clients().attempts_timed_out = 11;
    run.clients().attempts_abandoned = 12;
    run.clients().attempts_in_flight = 13;
    run.clients().late = 14;
    const Result result = run.result(&add_attempts);
    CHECK(get(result, Metric::attempts_total) == 1000);
    CHECK(get(result, Metric::attempts_ok) == power({Outcome::success}));
    CHECK(get(result, Metric::attempts_refused_outage) == power({Outcome::unavailable}));
    CHECK(get(result, Metric::attempts_rejected_full) == power({Outcome::overload}));
    CHECK(get(result, Metric::attempts_errors) == power({Outcome::transient, Outcome::client_error, Outcome::reset}));
    CHECK(get(result, Metric::connections_rejected) == power({Outcome::pool_exhausted}));
    CHECK(get(result, Metric::attempts_timed_out) == 11);
    CHECK(get(result, Metric::attempts_abandoned) == 12);
    CHECK(get(result, Metric::attempts_in_flight) == 13);
    CHECK(get(result, Metric::attempts_late) == 14);
}

TEST_CASE("latency quantiles are in seconds, the longest exactly: without a success there are none") {
    HandMade run;
    CHECK(run.result(&add_latency).values.empty());
    for (int i = 1; i <= 1000; ++i) run.clients().latency.add(std::chrono::milliseconds{i});
    const Result result = run.result(&add_latency);
    CHECK(get(result, Metric::latency_p50) == Approx(0.500).epsilon(0.004));
    CHECK(get(result, Metric::latency_p90) == Approx(0.900).epsilon(0.004));
    CHECK(get(result, Metric::latency_p99) == Approx(0.990).epsilon(0.004));
    CHECK(get(result, Metric::latency_p999) == Approx(0.999).epsilon(0.004));
    CHECK(get(result, Metric::latency_max) == 1.0);
}

TEST_CASE("refusals are counted by the kind of layer, fallbacks by where their value came from") {
    HandMade run;
    run.clients().refused = powers_of_two();
    run.clients().fallback_cached = 5;
    run.clients().fallback_default = 9;
    run.clients().hedges = 3;
    run.clients().hedges_won = 2;
    const Result without_breakers = run.result(&add_refusals);
    CHECK_FALSE(find(without_breakers, Metric::breaker_rejected));
    run.breakers().count = 1;
    const Result result = run.result(&add_refusals);
    CHECK(get(result, Metric::breaker_rejected) == power({Outcome::breaker_open}));
    CHECK(get(result, Metric::bulkhead_rejected) == power({Outcome::bulkhead_full}));
    CHECK(get(result, Metric::fallback_cached) == 5);
    CHECK(get(result, Metric::fallback_default) == 9);
    CHECK(get(result, Metric::fallback_used) == 14);
    CHECK(get(result, Metric::hedge_issued) == 3);
    CHECK(get(result, Metric::hedge_won) == 2);
}
