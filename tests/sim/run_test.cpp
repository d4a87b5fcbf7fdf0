/// Whole runs whose every number can be worked out by hand: nothing in them is random.

#include "sim/run.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;
using scenarios::Arrivals;
using scenarios::OutageMode;

namespace {

/// One client that requests at 1 s, 2 s, … 9 s; the service takes 10 ms, the network 5 ms each way.
Build metronome() {
    Build build;
    build.open(1, 1, Arrivals::aligned).network().latency = 5ms;
    return build;
}

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

TEST_CASE("a request takes twice the network and the service time") {
    const Result result = run_once(metronome().scenario());
    CHECK(get(result, Metric::requests_total) == 9);  // what is due at the very end is not begun
    CHECK(get(result, Metric::requests_succeeded) == 9);
    CHECK(get(result, Metric::latency_max) == Approx(0.020).epsilon(1e-12));
    CHECK(get(result, Metric::latency_p50) == Approx(0.020).epsilon(0.004));
    CHECK(get(result, Metric::service_utilisation) == Approx(9 * 0.010 / 10));
    CHECK(get(result, Metric::service_queue_peak) == 0);
    CHECK(get(result, Metric::requests_goodput) == Approx(0.9));
}

TEST_CASE("calls that come together are served one after the other, and wait as long") {
    Build build = metronome();
    build.clients().count = 4;
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::latency_max) == Approx(0.050).epsilon(1e-12));
    CHECK(get(result, Metric::service_queue_peak) == 3);
    CHECK(get(result, Metric::service_waited) == Approx(0.75));
    CHECK(get(result, Metric::service_wait_mean) == Approx((0.010 + 0.020 + 0.030) / 4));
    CHECK(get(result, Metric::service_queue_mean) == Approx(9 * (0.010 + 0.020 + 0.030) / 10));
    CHECK(get(result, Metric::arrivals_peak_per_s) == 4);
}

TEST_CASE("what is under way at the end is running, and its attempt in flight") {
    Build build = metronome();
    build.serving(1, constant_time(700ms)).lasting(9'500ms);
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::requests_total) == 9);
    CHECK(get(result, Metric::requests_succeeded) == 8);
    CHECK(get(result, Metric::requests_running) == 1);
    CHECK(get(result, Metric::attempts_in_flight) == 1);
    CHECK(get(result, Metric::service_utilisation) == Approx((8 * 0.7 + 0.495) / 9.5));
}

TEST_CASE("requests of the warm-up are not measured, nor is the service's time in it") {
    Build build = metronome();
    build.serving(1, constant_time(500ms)).lasting(10s, 5'100ms);
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::requests_total) == 4);      // 6 s to 9 s
    CHECK(get(result, Metric::requests_succeeded) == 4);  // the last at 9.51 s
    // In service from 5.005 s to 5.505 s, of which 0.405 s are measured, and then four times.
    CHECK(get(result, Metric::service_utilisation) == Approx((0.405 + 4 * 0.5) / 4.9));
    CHECK(sum(series(result, "requests", "clients.web")) == 9);  // series have the warm-up in them
}

TEST_CASE("utilisation over time is the workers' share of each bin, the warm-up's too") {
    Build build = metronome();
    build.serving(2, constant_time(250ms)).lasting(3s, 1'500ms);
    const Result result = run_once(build.scenario());
    // One of two workers is busy from 1.005 s to 1.255 s, and again from 2.005 s.
    const auto used = series(result, "utilisation", "services.api");
    CHECK(used[9] == 0);
    CHECK(used[10] == Approx(0.95 / 2));
    CHECK(used[11] == Approx(0.5));
    CHECK(used[12] == Approx(0.55 / 2));
    CHECK(used[13] == 0);
    CHECK(sum(used) == Approx(2 * 0.25 / 2 / 0.1));
}

TEST_CASE("a queue that the warm-up left counts towards the peak") {
    Build build = metronome();
    build.clients().count = 10;
    build.serving(1, constant_time(700ms)).lasting(1'900ms, 1'500ms);
    // Ten calls come at 1.005 s and nine wait, until at 1.705 s the first is done.
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::service_queue_peak) == 9);
    CHECK(get(result, Metric::service_queue_mean) == Approx((9 * 0.205 + 8 * 0.195) / 0.4));
}

TEST_CASE("a refused attempt is back after the network's two ways, and its retry comes after exactly the delay") {
    Build build = metronome();
    build.layer(retries(2, NoJitter{})).fault(outage(3s, 500ms));
    // The request of 3 s: refused at 3.005, known at 3.010, again at 3.110, refused again, failed at 3.120.
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::requests_failed) == 1);
    CHECK(get(result, Metric::attempts_refused_outage) == 2);
    CHECK(get(result, Metric::attempts_total) == 10);
    CHECK(get(result, Metric::retry_backoff_total) == Approx(0.1));
    CHECK(get_indexed(result, Metric::retry_attempts_histogram) == std::vector<double>{0, 8, 1});
    CHECK(get_indexed(result, Metric::jitter_delay_histogram) == std::vector<double>{0, 0, 0, 0, 0, 0, 0, 1});
    const auto second = series(result, "arrivals_by_attempt.2", "services.api");
    CHECK(second[31] == 1);
    CHECK(sum(second) == 1);
}

TEST_CASE("an outage begins and ends at its instants: at its beginning it is on, at its end it is over") {
    Build build = metronome();
    build.network().latency = 0ns;
    build.fault(outage(3s, 2s, OutageMode::error));
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::attempts_errors) == 2);  // at 3 s and 4 s, not at 5 s
}

TEST_CASE("in a blackhole attempts end by their timeout, and nothing comes late") {
    Build build = metronome();
    build.layer(timeout_after(300ms)).fault(outage(3s, 2s, OutageMode::blackhole));
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::attempts_timed_out) == 2);
    CHECK(get(result, Metric::requests_failed) == 2);
    CHECK(get(result, Metric::attempts_late) == 0);
    CHECK(get(result, Metric::attempts_in_flight) == 0);
}

TEST_CASE("an answer that comes after the timeout is late, and the work on it was wasted") {
    Build build = metronome();
    build.layer(timeout_after(300ms)).fault(slowdown(3s, 1s, 40));
    // The call of 3 s takes 400 ms instead of 10.
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::attempts_timed_out) == 1);
    CHECK(get(result, Metric::attempts_late) == 1);
    CHECK(get(result, Metric::retry_wasted_work) == Approx(0.4 / (0.4 + 8 * 0.010)));
}

TEST_CASE("what the whole call's timeout cuts is abandoned, what the attempt's own cuts has timed out") {
    Build build = metronome();
    build.layer(timeout_after(500ms)).layer(retries(9, NoJitter{})).layer(timeout_after(200ms));
    build.fault(outage(3s, 900ms, OutageMode::blackhole));
    // Tried at 3 s, until 3.2; at 3.3, until 3.5, where the whole call's timeout, armed first, comes first.
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::attempts_timed_out) == 1);
    CHECK(get(result, Metric::attempts_abandoned) == 1);
    CHECK(get(result, Metric::requests_failed) == 1);
}

TEST_CASE("overlapping faults on one service act together") {
    Build build = metronome();
    build.fault(slowdown(3s, 5s, 2)).fault(slowdown(4s, 2s, 3));
    const Result result = run_once(build.scenario());
    // 10 ms at 1, 2, 8 and 9 s; 20 ms at 3, 6 and 7 s; 60 ms at 4 and 5 s.
    CHECK(get(result, Metric::service_utilisation) == Approx((4 * 0.01 + 3 * 0.02 + 2 * 0.06) / 10));
    CHECK(get(result, Metric::latency_max) == Approx(0.070).epsilon(1e-12));
}

TEST_CASE("a closed loop thinks, requests, waits for the outcome, and thinks again") {
    Build build = metronome();
    build.clients().load = scenarios::ClosedLoad{2, scenarios::ConstantTime{480ms}};
    build.serving(2, constant_time(10ms));
    // Each loop: 480 ms and 20 ms, so requests at 0.48 s, 0.98 s, … 9.98 s: 20 each, the last under way at the end.
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::requests_total) == 40);
    CHECK(get(result, Metric::requests_succeeded) == 38);
    CHECK(get(result, Metric::requests_running) == 2);
}

TEST_CASE("aligned clients all arrive in the same bins") {
    Build build;
    build.open(50, 1, Arrivals::aligned);
    build.serving(50, constant_time(10ms));
    const auto arrivals = series(run_once(build.scenario()), "arrivals", "services.api");
    REQUIRE(arrivals.size() == 100);
    for (std::size_t i = 0; i < arrivals.size(); ++i) CHECK(arrivals[i] == (i > 0 && i % 10 == 0 ? 50 : 0));
}

TEST_CASE("a bin that the end of the run cuts short is not in the series") {
    Build build = metronome();
    build.lasting(9'950ms);
    CHECK(series(run_once(build.scenario()), "arrivals").size() == 99);
}

TEST_CASE("a breaker opens, is tried after its time, and closes: its history and its metrics say so") {
    BreakerSettings breaker;
    breaker.failure_threshold = 2;
    breaker.open_for = 1'500ms;
    breaker.half_open.calls = 1;
    Build build = metronome();
    build.layer(breaker).fault(outage(3s, 4s));
    // Refused at 3 and 4 s: opens at 4.01; 5 s turned away; 6 s a trial, refused, open again at 6.01; 7 s turned away;
    // 8 s a trial that succeeds: closed at 8.02.
    const Result result = run_once(build.scenario());
    REQUIRE(result.breakers.size() == 1);
    CHECK(result.breaker_count == 1);
    CHECK(result.breakers[0].name == "clients.web/layer[0]/breaker[0]");
    std::vector<double> times;
    for (const auto& change : result.breakers[0].changes) times.push_back(to_seconds(change.at));
    REQUIRE(times.size() == 5);
    const double expected[] = {4.01, 6.0, 6.01, 8.0, 8.02};
    for (std::size_t i = 0; i < 5; ++i) CHECK(times[i] == Approx(expected[i]).epsilon(1e-12));

    CHECK(get(result, Metric::breaker_rejected) == 2);
    CHECK(get(result, Metric::requests_refused) == 2);
    CHECK(get(result, Metric::breaker_flaps) == 1);
    CHECK(get(result, Metric::breaker_time_to_open) == Approx(1.01));
    CHECK(get(result, Metric::breaker_attempts_before_open) == 2);
    CHECK(get(result, Metric::breaker_reopen_lag) == Approx(1.02));
    CHECK(get(result, Metric::breaker_share_open) == Approx((1.99 + 1.99) / 10));
    CHECK(get(result, Metric::breaker_share_half_open) == Approx(0.03 / 10));
    CHECK(get(result, Metric::breaker_probe_sync) == 1);
    // Open at the ends of the bins from 7 s to 8 s, when the fault is over and the service idle.
    CHECK(get(result, Metric::breaker_false_open) == Approx(1.0));
}

TEST_CASE("two populations of two services are told apart, and the whole run is their sum") {
    Build build = metronome();
    build.scenario().services.push_back({"db", {}});
    auto batch = build.clients();
    batch.count = 3;
    batch.calls = "db";
    build.scenario().clients.push_back({"batch", batch});
    build.fault(outage(2s, 1s));  // of "api" alone
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::requests_total, "clients.web") == 9);
    CHECK(get(result, Metric::requests_total, "clients.batch") == 27);
    CHECK(get(result, Metric::requests_total) == 36);
    CHECK(get(result, Metric::requests_failed, "clients.web") == 1);
    CHECK(get(result, Metric::requests_failed, "clients.batch") == 0);
    CHECK(get(result, Metric::service_queue_peak, "services.api") == 0);
    CHECK(get(result, Metric::service_queue_peak, "services.db") == 2);
    CHECK(get(result, Metric::service_utilisation) == Approx((8 * 0.01 + 27 * 0.01) / 20));
}
