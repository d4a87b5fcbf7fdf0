/// What a service can do besides serving in order, each seen in a run by a number that can be said beforehand.

#include <catch2/catch.hpp>

#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace stampede::scenarios;
using sim::Result;

namespace features_test {
namespace {

/// So many clients that all request at 1 s, 2 s, …, 10 s; one instance of so many workers, without policies.
Build together(std::uint32_t clients, std::uint32_t workers, Duration time) {
    Build build;
    build.serving(workers, constant_time(time)).open(clients, 1, Arrivals::aligned).lasting(10950ms);
    build.clients().policy.clear();
    return build;
}

double metric(Build& build, Metric metric) { return get(run_once(build.scenario()), metric); }

/// Share of the successful requests that took longer.
double share_above(const Result& result, double seconds) {
    const auto& histogram = result.latencies.front();
    double all = 0;
    double above = 0;
    for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
        all += static_cast<double>(histogram.counts[i]);
        if (histogram.upper_s[i] > seconds) above += static_cast<double>(histogram.counts[i]);
    }
    return above / all;
}

}  // namespace

TEST_CASE("calls that wait for the queue's timeout are turned away then") {
    Build build = together(3, 1, 900ms);
    build.service().queue.timeout = 300ms;
    build.layer(timeout_after(301ms));
    build.clients().policy = "stack";
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::attempts_rejected_full) == 20);
    CHECK(get(result, Metric::attempts_timed_out) == 10);
    CHECK(get(result, Metric::service_shed) == 20);
}

TEST_CASE("a full queue rejects, drops without a word, or turns the oldest away") {
    Build build = together(4, 1, 400ms);
    build.service().queue.limit = 1;
    CHECK(metric(build, Metric::attempts_rejected_full) == 20);
    build.service().queue.when_full = WhenFull::drop;
    CHECK(metric(build, Metric::attempts_rejected_full) == 0);
    CHECK(metric(build, Metric::requests_running) >= 20);
    build.service().queue.when_full = WhenFull::drop_oldest;
    CHECK(metric(build, Metric::attempts_rejected_full) == 20);
}

TEST_CASE("a queue that serves retries last serves none while first tries alone fill it") {
    Build build = together(11, 1, 100ms);
    build.service().errors.rate = 1.0;
    auto twice = retries(2, NoJitter{});
    twice.backoff = ConstantBackoff{1ms};
    build.layer(twice).clients().policy = "stack";
    build.service().queue.discipline = PriorityDiscipline{2};
    CHECK(metric(build, Metric::requests_failed) > 30);  // a request fails when its second try has been served
    build.service().queue.discipline = PriorityDiscipline{2, true};
    CHECK(metric(build, Metric::requests_failed) == 0);
}

TEST_CASE("calls whose callers have given up are passed over where the service looks at deadlines") {
    Build build = together(5, 1, 300ms);
    build.layer(timeout_after(100ms));
    build.clients().policy = "stack";
    build.service().queue.deadlines = DeadlineAdmission::drop_expired;
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::service_shed) == 40);
    CHECK(get(result, Metric::service_utilisation) == Approx(3.0 / 10.95));
}

TEST_CASE("a rate limit takes its burst and then its rate") {
    Build build = together(100, 1'000, 1ms);
    build.service().rate_limit = ServiceRateLimit{Rate{10}, 20, {}};
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::attempts_ok) == 20 + 9 * 10);
    CHECK(get(result, Metric::attempts_rejected_full) == 1'000 - 110);
}

TEST_CASE("a cache answers its share without a worker, and is cold after a start") {
    Build build = together(1'000, 10'000, 10ms);
    build.service().cache = CacheSettings{0.3, 1ms, {}, false};
    const double warm = share_above(run_once(build.scenario()), 0.005);
    CHECK(warm == Approx(0.7).margin(3.9 * std::sqrt(0.3 * 0.7 / 10'000)));
    // Filling with a time constant of 5 s: hits are 0.3 · (1 - mean of exp(-t/5)) over t = 1 s … 10 s.
    build.service().cache = CacheSettings{0.3, 1ms, 5s, true};
    double empty = 0;
    for (int t = 1; t <= 10; ++t) empty += std::exp(-t / 5.0) / 10;
    const double cold = share_above(run_once(build.scenario()), 0.005);
    CHECK(cold == Approx(1 - 0.3 * (1 - empty)).margin(3.9 * std::sqrt(0.2 * 0.8 / 10'000)));
}

TEST_CASE("an instance warms up in a straight line") {
    Build build = together(1, 1, 10ms);
    build.service().warm_up = WarmUpSettings{10s, 3, true};
    CHECK(metric(build, Metric::latency_max) == Approx(0.010 * (3 - 2 * 0.1)));
}

TEST_CASE("service times grow with the calls beside, from the knee on") {
    Build build = together(4, 4, 10ms);
    build.service().contention = ContentionSettings{1, 0.5};
    // The fourth begins beside three others, two of them beyond the knee.
    CHECK(metric(build, Metric::latency_max) == Approx(0.020));
}

TEST_CASE("an instance whose queue grows too long dies: its calls are reset, the next refused until it is back") {
    Build build = together(10, 1, 500ms);
    build.service().crash = CrashSettings{5, 3500ms};
    const Result result = run_once(build.scenario());
    // At 1 s, 5 s and 9 s: one in service and five waiting die, four come too late; at 2 s to 4 s and so on all do.
    CHECK(get(result, Metric::service_crashes) == 3);
    CHECK(get(result, Metric::attempts_errors) == 3 * 6);
    CHECK(get(result, Metric::attempts_refused_outage) == 100 - 3 * 6);
}

TEST_CASE("an instance that stands still delays what is in service and what comes by the rest of the pause") {
    Build build;
    build.serving(1'000, constant_time(10ms)).open(1, 1'000).lasting(200s);
    build.clients().policy.clear();
    build.service().pauses = PauseSettings{1s, constant_time(100ms)};
    const Result result = run_once(build.scenario());
    // Two pauses in the course of one call are rare.
    CHECK(get(result, Metric::latency_max) > 0.109);
    CHECK(share_above(result, 0.111) < 0.003);
    // Late are those that come in a pause, and those that are in service when one begins: 110 ms of every 1.1 s.
    CHECK(share_above(result, 0.0101) == Approx(0.1).margin(0.015));
}

TEST_CASE("work that is cancelled frees its worker as soon as its caller has given up") {
    Build build = together(1, 1, 100s);
    build.layer(timeout_after(500ms));
    build.clients().policy = "stack";
    const double busy_to_the_end = 9.95 / 10.95;
    CHECK(metric(build, Metric::service_utilisation) == Approx(busy_to_the_end));
    build.service().cancellable = true;
    CHECK(metric(build, Metric::service_utilisation) == Approx(10 * 0.5 / 10.95));
}

TEST_CASE("work that is cancelled leaves its share of a processor to the rest at once, whoever works it out") {
    for (const auto model : {ProcessorModel::virtual_time, ProcessorModel::simgrid}) {
        Build build = together(1, 2, 100ms);
        build.service().processor = ProcessorSettings{1, model};
        build.service().cancellable = true;
        build.scenario().clients.push_back({"hasty", build.clients()});
        build.scenario().clients.back().value.policy = "stack";
        build.layer(timeout_after(50ms));
        // Two share the core for 50 ms; then one has 75 ms to itself.
        CHECK(metric(build, Metric::latency_max) == Approx(0.125).epsilon(0.002));
    }
}

TEST_CASE("cancelling reaches through the tiers") {
    Build build = together(1, 1, 0ms);
    build.layer(timeout_after(500ms));
    build.clients().policy = "stack";
    build.service().cancellable = true;
    build.scenario().services.push_back({"db", build.service()});
    build.scenario().services.back().value.service_time = constant_time(100s);
    OutgoingCall call;
    call.to = "db";
    build.service().calls = {call};
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::service_utilisation, "services.db") == Approx(10 * 0.5 / 10.95));
    CHECK(get(result, Metric::service_utilisation, "services.api") == Approx(10 * 0.5 / 10.95));
}

TEST_CASE("errors take a time of their own") {
    Build build = together(1, 1, 500ms);
    build.service().errors = {1.0, ErrorClass::transient, ConstantTime{20ms}};
    CHECK(metric(build, Metric::service_utilisation) == Approx(10 * 0.020 / 10.95));
}

TEST_CASE("an autoscaler finds the number of instances that its target asks for") {
    Build build;
    build.serving(1, exponential_time(10ms)).open(1, 260).lasting(300s, 100s);
    build.clients().policy.clear();
    build.service().queue.limit = 1'000'000;
    build.service().balancing = Balancing::least_requests;
    AutoscaleSettings autoscale;
    autoscale.max = 20;
    autoscale.target = 0.6;
    autoscale.period = 10s;
    autoscale.start_up = 5s;
    autoscale.cool_down = 20s;
    build.service().autoscale = autoscale;
    // 2.6 workers' work at 0.6: five instances, more or less by chance in ten seconds.
    CHECK(metric(build, Metric::service_utilisation) == Approx(2.6 / 5).margin(0.05));
}

}  // namespace features_test
