/// What anyone would expect of a simulator of outages; margins are 3.9 standard errors (one seed in 10,000 misses).

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"
#include "tests/sim/support/statistics.hpp"

using namespace stampede;
using namespace stampede::test;
using scenarios::OutageMode;
using sim::Result;

namespace {

/// 1,000 clients, a service at 80 % of its capacity.
Build fleet() {
    Build build;
    build.open(1'000, 1).serving(25, exponential_time(20ms)).lasting(60s, 5s);
    build.service().queue.limit = 250;
    build.network().latency = 5ms;
    return build;
}

}  // namespace

TEST_CASE("clients that fail together come back together without jitter, and spread with it") {
    // All request at 10 s and 20 s. At 20 s the service is down, and retries bring them back after 22 s.
    std::vector<scenarios::Scenario> scenarios;
    for (const Jitter& jitter : {Jitter{NoJitter{}}, Jitter{FullJitter{}}, Jitter{EqualJitter{}}}) {
        Build build = fleet().open(1'000, 0.1, scenarios::Arrivals::aligned).lasting(29s);
        build.service().queue.limit = 1'000;
        scenarios.push_back(build.layer(retries(10, jitter)).fault(outage(18s, 4s)).scenario());
    }
    const auto results = run_each(scenarios, {1, 2, 3, 4, 5});
    for (std::size_t seed = 0; seed < 5; ++seed) {
        const Result& none = results[seed];
        CHECK(get_indexed(none, Metric::herd_peak_100ms_by_attempt)[5] == 1'000);  // all of them, at 23.16 s
        for (const std::size_t spread : {5 + seed, 10 + seed}) {
            CHECK(get(results[spread], Metric::herd_peak_ratio) < 0.5 * get(none, Metric::herd_peak_ratio));
            CHECK(get(results[spread], Metric::herd_dispersion) < 0.5 * get(none, Metric::herd_dispersion));
            CHECK(get(results[spread], Metric::herd_overshoot) < 0.5 * get(none, Metric::herd_overshoot));
        }
    }
}

TEST_CASE("an outage of an open system is followed by a wave of retries above the usual arrivals") {
    const auto with = fleet().layer(retries(10)).layer(timeout_after(1s)).fault(outage(20s, 10s)).scenario();
    const auto without = fleet().layer(timeout_after(1s)).fault(outage(20s, 10s)).scenario();
    const auto results = run_each({with, without}, {1, 2, 3});
    for (std::size_t seed = 0; seed < 3; ++seed) {
        CHECK(get(results[seed], Metric::herd_peak_ratio) > 3);
        CHECK(get(results[3 + seed], Metric::herd_peak_ratio) < 1.6);
        CHECK(get(results[seed], Metric::herd_drain_time) > get(results[3 + seed], Metric::herd_drain_time) + 1);
    }
}

TEST_CASE("the more attempts are allowed, the more an outage amplifies the load") {
    std::vector<scenarios::Scenario> scenarios;
    for (const std::uint32_t attempts : {1U, 2U, 4U, 8U})
        scenarios.push_back(fleet().layer(retries(attempts)).fault(outage(20s, 20s)).scenario());
    const auto results = run_each(scenarios, {1});
    CHECK(get(results[0], Metric::retry_amplification) == 1);
    for (std::size_t i = 1; i < results.size(); ++i)
        CHECK(get(results[i], Metric::retry_amplification_fault) >
              get(results[i - 1], Metric::retry_amplification_fault));
}

TEST_CASE("a breaker keeps load off a service that is down") {
    BreakerSettings breaker;
    breaker.failure_threshold = 3;
    breaker.open_for = 5s;
    const auto results = run_each({fleet().layer(retries(5)).fault(outage(20s, 20s)).scenario(),
                                   fleet().layer(retries(5)).layer(breaker).fault(outage(20s, 20s)).scenario()},
                                  {1});
    CHECK(get(results[1], Metric::attempts_refused_outage) < 0.5 * get(results[0], Metric::attempts_refused_outage));
}

TEST_CASE("a slowdown makes calls wait longer") {
    const auto results = run_each({fleet().scenario(), fleet().fault(slowdown(20s, 20s, 1.2)).scenario()}, {1, 2, 3});
    for (std::size_t seed = 0; seed < 3; ++seed) {
        CHECK(get(results[3 + seed], Metric::service_wait_mean) > 1.5 * get(results[seed], Metric::service_wait_mean));
        CHECK(get(results[3 + seed], Metric::service_utilisation) > get(results[seed], Metric::service_utilisation));
    }
}

TEST_CASE("the busy share of the workers is the offered load over them") {
    // 1,000 calls a second of 20 ms for 25 workers. The work of n calls has a standard error of 1/sqrt(n) each for
    // their number and for their times.
    const Result result = run_once(fleet().scenario());
    const double calls = get(result, Metric::requests_total);
    CHECK(get(result, Metric::service_utilisation) == Approx(0.8).margin(3.9 * 0.8 * std::sqrt(2 / calls)));
    CHECK(calls == Approx(55'000).margin(3.9 * std::sqrt(55'000)));
}

TEST_CASE("poisson arrivals have a dispersion of 1, regular ones less, aligned ones more") {
    using scenarios::Arrivals;
    std::vector<scenarios::Scenario> scenarios;
    for (const Arrivals arrivals : {Arrivals::poisson, Arrivals::regular, Arrivals::aligned})
        scenarios.push_back(fleet().open(1'000, 1, arrivals).scenario());
    const auto results = run_each(scenarios, {1});
    // The dispersion of n Poisson counts has a standard error of about sqrt(2 / (n - 1)); n = 550 bins.
    CHECK(get(results[0], Metric::herd_dispersion) == Approx(1).margin(3.9 * std::sqrt(2.0 / 549)));
    CHECK(get(results[1], Metric::herd_dispersion) < 1);
    CHECK(get(results[2], Metric::herd_dispersion) > 100);
}

TEST_CASE("an error burst of rate p fails a share p of the calls") {
    for (const double rate : {0.05, 0.5, 1.0}) {
        const auto burst = errors(5s, 100s, rate, scenarios::ErrorClass::transient);
        const Result result = run_once(fleet().fault(burst).scenario());
        const double answered = get(result, Metric::attempts_errors) + get(result, Metric::attempts_ok);
        CHECK(answered > 50'000);
        CHECK(get(result, Metric::attempts_errors) / answered == Approx(rate).margin(share_margin(rate, answered)));
    }
}

TEST_CASE("with a network loss of p, a share 1 - (1-p)^2 of the attempts gets no answer") {
    for (const double loss : {0.01, 0.2}) {
        Build build = fleet();
        // Plenty of workers and time: nothing but loss can make a call time out.
        build.serving(200, constant_time(20ms)).network().loss = loss;
        const Result result = run_once(build.layer(timeout_after(1s)).scenario());
        const double settled = get(result, Metric::attempts_total) - get(result, Metric::attempts_in_flight);
        const double expected = 1 - (1 - loss) * (1 - loss);
        // In flight at the end are those of the last second that were lost, and of the last 30 ms the others: so few of
        // 54,000 that they do not show.
        CHECK(get(result, Metric::attempts_timed_out) / settled ==
              Approx(expected).margin(share_margin(expected, settled) + expected / 54));
        CHECK(get(result, Metric::attempts_late) == 0);
    }
}

TEST_CASE("retries that cannot be lost make up for lost messages") {
    Build build = fleet();
    build.serving(200, constant_time(20ms)).network().loss = 0.1;
    const Result result = run_once(build.layer(retries(20)).layer(timeout_after(200ms)).scenario());
    CHECK(get(result, Metric::requests_failed) == 0);
    // Each attempt is answered with chance 0.81, so there are 1/0.81 of them a request: geometric, with a variance of
    // 0.19/0.81². What is under way at the end takes a little away.
    const double expected = 1 / 0.81;
    const double error = std::sqrt(0.19) / 0.81 / std::sqrt(get(result, Metric::requests_total));
    CHECK(get(result, Metric::retry_amplification) == Approx(expected).margin(3.9 * error + 0.005));
}

TEST_CASE("little's law holds: calls waiting are calls taken a second times their mean wait") {
    const Result result = run_once(fleet().serving(21, exponential_time(20ms)).lasting(300s, 20s).scenario());
    const double taken_per_s = get(result, Metric::service_utilisation) * 21 / 0.020;
    CHECK(get(result, Metric::service_queue_mean) ==
          Approx(taken_per_s * get(result, Metric::service_wait_mean)).epsilon(0.02));
}

TEST_CASE("a fleet whose breakers opened together probes together without anything to spread it") {
    BreakerSettings breaker;
    breaker.failure_threshold = 1;
    breaker.open_for = 3s;
    const auto aligned = fleet().open(1'000, 10, scenarios::Arrivals::aligned).serving(1'000, constant_time(20ms));
    const auto poisson = fleet().open(1'000, 1).serving(1'000, constant_time(20ms));
    const auto with = [&](Build build) { return build.layer(breaker).fault(outage(20s, 5s)).scenario(); };
    const auto results = run_each({with(aligned), with(poisson)}, {1});
    CHECK(get(results[0], Metric::breaker_probe_sync) == 1);
    CHECK(get(results[1], Metric::breaker_probe_sync) < 0.2);
}
