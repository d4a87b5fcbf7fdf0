/// What each fault does in a run, by a number that can be said beforehand, and that nothing of it stays.

#include <catch2/catch.hpp>

#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"
#include "tests/sim/support/random_faults.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace stampede::scenarios;
using sim::Result;

namespace fault_effects_test {
namespace {

/// 10 clients that request at 1 s, 2 s, …; one instance of 4 workers, without policies.
Build ten_together(Duration time, Duration run) {
    Build build;
    build.serving(4, constant_time(time)).open(10, 1, Arrivals::aligned).lasting(run);
    build.clients().policy.clear();
    return build;
}

/// 1,000 requests a second for 10 s, the same in every 100 ms, 10 ms each; as many workers as are needed.
Build steady(std::uint32_t instances = 1) {
    Build build;
    build.serving(1'000, constant_time(10ms)).open(100, 10, Arrivals::regular).lasting(10s);
    build.service().instances = instances;
    build.clients().policy.clear();
    return build;
}

double metric(Build& build, Metric metric) { return get(run_once(build.scenario()), metric); }

double refused(Build build, const Fault& fault) { return metric(build.fault(fault), Metric::attempts_refused_outage); }

/// Service time that a run takes in all, in seconds, beside what it takes without the fault.
double added_work(const Fault& fault) {
    Build usual = steady();
    Build struck = steady().fault(fault);
    const double workers_s = 1'000.0 * 10;
    return workers_s * (metric(struck, Metric::service_utilisation) - metric(usual, Metric::service_utilisation));
}

double share_slower(const Result& result, double seconds) {
    const auto& [subject, upper, counts] = result.latencies.front();
    double all = 0;
    double above = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        all += static_cast<double>(counts[i]);
        if (upper[i] > seconds) above += static_cast<double>(counts[i]);
    }
    return above / all;
}

std::size_t bins_without(const std::vector<double>& bins) {
    return static_cast<std::size_t>(std::count(bins.begin(), bins.end(), 0.0));
}

}  // namespace

TEST_CASE("an outage that resets ends what waits or is served at once, and refuses what comes") {
    Build build = ten_together(900ms, 2950ms);
    build.fault(outage(1500ms, 1s, OutageMode::reset));
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::attempts_errors) == 10);
    CHECK(get(result, Metric::attempts_refused_outage) == 10);
}

TEST_CASE("what is in service carries on through an outage, whoever works it out, and so do other faults") {
    for (const auto model : {ProcessorModel::virtual_time, ProcessorModel::simgrid}) {
        Build build = ten_together(300ms, 5950ms);
        build.service().workers = 10;
        build.service().processor = ProcessorSettings{10, model};
        auto half = fault_of<CapacityFault>(500ms, 4s);
        half.lost = 0.5;
        const Result result = run_once(build.fault(half).fault(outage(1100ms, 1400ms)).scenario());
        CHECK(get(result, Metric::attempts_refused_outage) == 10);
        CHECK(get(result, Metric::attempts_ok) == 40);
        // Five cores for those of 1 s, 3 s and, but for 50 ms, 4 s.
        CHECK(get(result, Metric::latency_max) == Approx(0.6).epsilon(0.02));
        CHECK(share_slower(result, 0.5) == Approx(3.0 / 4));
    }
}

TEST_CASE("an outage refuses rate times time, as often as it comes") {
    CHECK(refused(steady(), outage(2s, 3s)) == 3'000);
    auto again = outage(1s, 100ms);
    again.every = 500ms;
    CHECK(refused(steady(), again) == 18 * 100);
    again.times = 3;
    CHECK(refused(steady(), again) == 3 * 100);
}

TEST_CASE("a crash loses what is served, and what waits unless the queue is kept and served after the start") {
    Build build = ten_together(600ms, 3150ms);
    auto crash = fault_of<CrashFault>(1500ms, 1s);
    const Result lost = run_once(Build(build).fault(crash).scenario());
    CHECK(get(lost, Metric::attempts_errors) == 10);
    CHECK(get(lost, Metric::attempts_refused_outage) == 10);
    CHECK(get(lost, Metric::service_crashes) == 1);
    CHECK(get(lost, Metric::requests_running) == 10);

    crash.keeps_queue = true;
    const Result kept = run_once(Build(build).fault(crash).scenario());
    CHECK(get(kept, Metric::attempts_errors) == 4);
    CHECK(get(kept, Metric::attempts_refused_outage) == 10);
    CHECK(get(kept, Metric::attempts_ok) == 4);  // from 2.5 s to 3.1 s
    CHECK(get(kept, Metric::requests_running) == 12);
}

TEST_CASE("after a crash an instance is cold") {
    Build build = ten_together(10ms, 3950ms);
    build.service().workers = 10;
    build.service().warm_up = WarmUpSettings{10s, 3, false};
    build.fault(fault_of<CrashFault>(1500ms, 1s));
    // Half a second after the start a twentieth of the way from three times to once is gone.
    CHECK(get(run_once(build.scenario()), Metric::latency_max) == Approx(0.029).epsilon(0.02));
}

TEST_CASE("a crash outlasts the one of the service itself, and ends with it") {
    Build build = ten_together(900ms, 5950ms);
    build.service().crash = CrashSettings{5, 500ms};
    build.fault(fault_of<CrashFault>(1200ms, 2s));
    const Result result = run_once(build.scenario());
    // In each second the ninth call kills it, and the tenth is refused; at 2 s and 3 s all are.
    CHECK(get(result, Metric::attempts_refused_outage) == 1 + 20 + 1 + 1);
}

TEST_CASE("a pause delays what is served by as much, and what comes waits") {
    Build build = ten_together(300ms, 9950ms);
    build.service().workers = 10;
    build.fault(fault_of<PauseFault>(1100ms, 2500ms));
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::requests_failed) == 0);
    CHECK(get(result, Metric::latency_max) == Approx(2.8).epsilon(0.02));
    CHECK(share_slower(result, 0.5) == Approx(4.0 / 9));  // those of 1 s, 2 s, 3 s and 4 s, in turn
}

TEST_CASE("latency is added to every call or to a share of them, constant or drawn") {
    const auto with = [](const TimeDistribution& add, double calls) {
        auto fault = fault_of<LatencyFault>(0s, 10s);
        fault.add = add;
        fault.calls = calls;
        return run_once(steady().fault(fault).scenario());
    };
    CHECK(get(with(ConstantTime{100ms}, 1), Metric::latency_p50) == Approx(0.11).epsilon(0.02));
    const Result tail = with(ConstantTime{100ms}, 0.05);
    CHECK(get(tail, Metric::latency_p90) == Approx(0.01).epsilon(0.02));
    CHECK(share_slower(tail, 0.05) == Approx(0.05).margin(0.009));
    CHECK(share_slower(with(ExponentialTime{100ms}, 1), 0.11) == Approx(std::exp(-1)).margin(0.03));
}

TEST_CASE("added latency holds a worker or only the answer") {
    auto fault = fault_of<LatencyFault>(0s, 9s);
    fault.add = ConstantTime{50ms};
    CHECK(added_work(fault) == Approx(9'000 * 0.05).epsilon(0.01));
    fault.ramp = 3s;
    CHECK(added_work(fault) == Approx(6'000 * 0.05).epsilon(0.01));
    fault.ramp.reset();
    fault.holds_worker = false;
    CHECK(added_work(fault) == Approx(0).margin(0.1));
    CHECK(get(run_once(steady().fault(fault).scenario()), Metric::latency_p50) == Approx(0.06).epsilon(0.02));
}

TEST_CASE("a slowdown lengthens service times by its factor, half as much in the mean where it swings") {
    auto fault = slowdown(0s, 9s, 5);
    CHECK(added_work(fault) == Approx(9'000 * 0.04).epsilon(0.01));
    fault.period = 3s;
    CHECK(added_work(fault) == Approx(9'000 * 0.02).epsilon(0.01));
}

TEST_CASE("errors that swing are half as many, and errors that ramp are fewer by the ramps") {
    auto fault = errors(0s, 10s, 0.6);
    fault.period = 1s;
    const auto failed = [&] { return metric(steady().fault(fault), Metric::requests_failed); };
    CHECK(failed() == Approx(3'000).margin(3.9 * 45));
    fault.period.reset();
    fault.ramp = 2500ms;
    CHECK(failed() == Approx(4'500).margin(3.9 * 45));
}

TEST_CASE("workers that are away leave the others their throughput, and come back") {
    const auto served = [](double lost) {
        Build build;
        build.serving(8, constant_time(100ms)).open(200, 1, Arrivals::regular).lasting(20s);
        build.service().queue.limit = 10;
        build.clients().policy.clear();
        auto fault = fault_of<CapacityFault>(5s, 10s);
        fault.lost = lost;
        return metric(build.fault(fault), Metric::attempts_ok);
    };
    CHECK(served(0) == Approx(20 * 80).margin(20));
    CHECK(served(0.75) == Approx(10 * 80 + 10 * 20).margin(20));
    CHECK(served(1) == Approx(10 * 80).margin(20));
}

TEST_CASE("cores that are away slow calls that share them, whoever works it out") {
    const auto slowest = [](ProcessorModel model, Duration at, Duration lasts, double lost) {
        Build build;
        build.serving(10, constant_time(100ms)).open(10, 1, Arrivals::aligned).lasting(3950ms);
        build.service().processor = ProcessorSettings{10, model};
        build.clients().policy.clear();
        auto fault = fault_of<CapacityFault>(at, lasts);
        fault.lost = lost;
        return get(run_once(build.fault(fault).scenario()), Metric::latency_max);
    };
    for (const auto model : {ProcessorModel::virtual_time, ProcessorModel::simgrid}) {
        CHECK(slowest(model, 1500ms, 1s, 0.75) == Approx(0.4).epsilon(0.002));  // ten calls share two and a half cores
        CHECK(slowest(model, 2040ms, 1s, 0.8) == Approx(0.040 + 0.060 * 5).epsilon(0.002));  // when they are under way
        CHECK(slowest(model, 1980ms, 120ms, 1) == Approx(0.2).epsilon(0.002));               // none, for 100 ms of them
    }
    const auto drawn = [](ProcessorModel model) {
        Build build;
        build.serving(100, exponential_time(100ms)).open(100, 0.6).lasting(20s);
        build.service().processor = ProcessorSettings{8, model};
        build.clients().policy.clear();
        auto fault = fault_of<CapacityFault>(5s, 10s);
        fault.lost = 0.3;
        fault.ramp = 2s;
        return get(run_once(build.fault(fault).scenario()), Metric::latency_p99);
    };
    CHECK(drawn(ProcessorModel::simgrid) == Approx(drawn(ProcessorModel::virtual_time)).epsilon(0.01));
}

TEST_CASE("what flaps is down for its share of the time, drawn or not, together or each on its own") {
    const auto flapping = [](bool drawn, bool together) {
        auto fault = fault_of<FlappingFault>(0s, 10s);
        fault.up = 60ms;
        fault.down = 40ms;
        fault.drawn = drawn;
        fault.together = together;
        return fault;
    };
    CHECK(refused(steady(), flapping(false, true)) == Approx(4'000).margin(100));
    // Calls come to an instance once in 20 ms, so that each meets a whole number of them while it is down.
    CHECK(refused(steady(20), flapping(false, false)) == Approx(4'000).margin(3.9 * 90));
    // The share of time of n alternations strays by up to sqrt(2 / n) · 0.4 · 0.6.
    CHECK(refused(steady(), flapping(true, true)) == Approx(4'000).margin(3.9 * 340));
    CHECK(refused(steady(20), flapping(true, false)) == Approx(4'000).margin(3.9 * 80));

    auto slow = flapping(false, true);
    slow.up = slow.down = 1s;
    const auto goodput = [&] { return series(run_once(steady(20).fault(slow).scenario()), "goodput"); };
    CHECK(bins_without(goodput()) >= 45);
    slow.together = false;
    CHECK(bins_without(goodput()) <= 1);
}

TEST_CASE("a deployment costs rate times restart where the balancer does not know of it, and nothing where it drains") {
    auto fault = fault_of<DeploymentFault>(1s, 0s);
    fault.restart = 500ms;
    fault.pause = 200ms;
    const Result abrupt = run_once(steady(4).fault(fault).scenario());
    CHECK(get(abrupt, Metric::attempts_refused_outage) == Approx(1'000 * 0.5).margin(4));
    CHECK(get(abrupt, Metric::attempts_errors) == Approx(1'000 * 0.01).margin(5));  // what was in service
    CHECK(abrupt.faults.front().end - abrupt.faults.front().begin == 4 * 500ms + 3 * 200ms);
    fault.batch = 3;
    const Result batches = run_once(steady(4).fault(fault).scenario());
    CHECK(get(batches, Metric::attempts_refused_outage) == Approx(1'000 * 0.5).margin(4));
    CHECK(batches.faults.front().end - batches.faults.front().begin == 2 * 500ms + 200ms);
    fault.drain = 100ms;
    const Result drained = run_once(steady(4).fault(fault).scenario());
    CHECK(get(drained, Metric::requests_failed) == 0);
    CHECK(drained.faults.front().end - drained.faults.front().begin == 2 * 600ms + 200ms);
}

TEST_CASE("a cache that is flushed misses while it stays empty, and fills at its rate") {
    Build build = steady();
    build.service().cache = CacheSettings{1, 1ms, 0s, false};
    auto fault = fault_of<CacheFlushFault>(2s, 3s);
    const double per_miss = 0.01 / (1'000 * 10);
    CHECK(metric(Build(build).fault(fault), Metric::service_utilisation) == Approx(3'000 * per_miss).epsilon(0.01));
    fault.lasts = 0s;
    build.service().cache->warms_in = 500ms;
    // The integral of exp(-t / 0.5 s) over the rest of the run.
    CHECK(metric(build.fault(fault), Metric::service_utilisation) ==
          Approx(500 * per_miss).margin(3.9 * 23 * per_miss));
}

TEST_CASE("a zone's failure takes the share of the instances that stand in it") {
    Build build = steady(5);
    build.network().zones = {"east", "west"};
    build.service().zones = {"east", "west"};
    auto fault = outage(2s, 5s);
    fault.on = "zones.west";
    CHECK(refused(build, fault) == Approx(5'000 * 2.0 / 5).margin(2));
}

TEST_CASE("a failing dependency of a dependency fails the call at the top") {
    Build build = steady();
    const auto add = [&](const std::string& name, const std::string& to) {
        ServiceSettings service = build.service();
        service.calls.clear();
        if (!to.empty()) service.calls.emplace_back().to = to;
        build.scenario().services.push_back({name, service});
    };
    build.service().calls.emplace_back().to = "orders";
    add("orders", "db");
    add("db", "");
    auto fault = outage(2s, 4s);
    fault.on = "db";
    const Result result = run_once(build.fault(fault).scenario());
    CHECK(get(result, Metric::attempts_errors, "clients.web") == Approx(4'000).margin(2));
    CHECK(get(result, Metric::attempts_refused_outage, "services.orders.calls.db") == Approx(4'000).margin(2));
}

TEST_CASE("when all faults are over nothing of them is left, whatever they were and however they overlapped") {
    std::vector<Scenario> scenarios;
    for (std::uint64_t draw = 0; draw < 60; ++draw) {
        Build build;
        build.serving(4, constant_time(10ms)).open(100, 1, Arrivals::regular).lasting(16s, 12s);
        build.service().instances = 2;
        build.clients().policy.clear();
        if (draw % 3 == 0) build.service().processor = ProcessorSettings{4};
        if (draw % 4 == 0) build.service().cancellable = true;
        Stream stream(draw);
        RandomFaults faults(stream, 1s, 8s);
        for (int i = 0; i < 5; ++i) build.fault(faults.draw());
        scenarios.push_back(build.scenario());
    }
    const auto results = run_each(scenarios, {1});
    for (std::size_t i = 0; i < results.size(); ++i) {
        std::string kinds;
        for (const auto& fault : results[i].faults)
            kinds += fault.kind + ' ' + std::to_string(to_seconds(fault.begin)) + '-' +
                     std::to_string(to_seconds(fault.end)) + "; ";
        INFO("draw " << i << ": " << kinds);
        CHECK(get(results[i], Metric::requests_succeeded) + get(results[i], Metric::requests_running) ==
              get(results[i], Metric::requests_total));
        CHECK(get(results[i], Metric::latency_max) < 0.021);
    }
}

}  // namespace fault_effects_test
