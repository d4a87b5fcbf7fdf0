/// Pools of connections and backlogs, seen in runs by numbers that can be said beforehand.

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace stampede::scenarios;
using sim::Result;

namespace connections_test {
namespace {

ConnectionSettings pool_of(std::uint32_t max) {
    ConnectionSettings settings;
    settings.scope = Scope::all;
    settings.max = max;
    return settings;
}

/// So many clients that all request at 1 s, 2 s, … 10 s, over connections.
Build at_whole_seconds(std::uint32_t clients, Duration time, const ConnectionSettings& connections) {
    Build build;
    build.serving(100, constant_time(time)).open(clients, 1, Arrivals::aligned).lasting(10950ms);
    build.clients().policy.clear();
    build.clients().connections = connections;
    return build;
}

/// A service with room for all, behind a pool: the pool is what serves.
Build pool_before_a_wide_service(const ConnectionSettings& connections, double load) {
    Build build;
    build.serving(10'000, exponential_time(10ms)).open(1, load / 0.010).lasting(1100s, 100s);
    build.clients().policy.clear();
    build.clients().connections = connections;
    build.run().bin = 1s;
    return build;
}

/// Share of arrivals that find c servers and k waiting places taken (M/M/c/c+k): L. Kleinrock, Queueing Systems I,
/// 1975, section 3.6.
double share_blocked(int servers, int places, double load) {
    double term = 1;
    double sum = 1;
    for (int n = 1; n <= servers + places; ++n) {
        term *= load / std::min(n, servers);
        sum += term;
    }
    return term / sum;
}

}  // namespace

TEST_CASE("a pool that lets nobody wait loses what Erlang's B says, one that does what M/M/c/K says") {
    for (const std::uint32_t waiting : {0, 4}) {
        ConnectionSettings connections = pool_of(3);
        connections.max_waiting = waiting;
        const Result result = run_once(pool_before_a_wide_service(connections, 2.5).scenario());
        const double attempts = get(result, Metric::attempts_total);
        const double blocked = share_blocked(3, static_cast<int>(waiting), 2.5);
        // Losses come in clusters: four times the error of independent ones.
        const double error = 4 * std::sqrt(blocked / attempts);
        CHECK(get(result, Metric::connections_rejected) / attempts == Approx(blocked).margin(error));
        CHECK(get(result, Metric::requests_refused) == get(result, Metric::connections_rejected));
        CHECK(get(result, Metric::connections_utilisation) == Approx(2.5 * (1 - blocked) / 3).epsilon(0.01));
        CHECK(get(result, Metric::service_called) == Approx(attempts * (1 - blocked)).epsilon(0.01));
    }
}

TEST_CASE("a new connection takes a round trip and its setup, one that is kept takes nothing") {
    ConnectionSettings connections = pool_of(5);
    connections.setup = constant_time(40ms);
    Build build = at_whole_seconds(1, 10ms, connections);
    build.network().latency = 5ms;
    CHECK(get(run_once(build.scenario()), Metric::connections_opened) == 1);
    CHECK(get(run_once(build.scenario()), Metric::latency_max) == Approx(0.070).epsilon(0.01));
    CHECK(get(run_once(build.scenario()), Metric::latency_p50) == Approx(0.020).epsilon(0.01));
    build.clients().connections->idle_timeout = 900ms;  // a request takes 20 ms or 70 ms: unused for longer
    CHECK(get(run_once(build.scenario()), Metric::connections_opened) == 10);
    build.clients().connections->idle_timeout = 990ms;
    CHECK(get(run_once(build.scenario()), Metric::connections_opened) == 1);
    build.clients().connections->idle_timeout = 0ms;
    CHECK(get(run_once(build.scenario()), Metric::latency_p50) == Approx(0.070).epsilon(0.01));
}

TEST_CASE("a call that hangs holds its connection until it is given up, which breaks it") {
    ConnectionSettings connections = pool_of(2);
    connections.max_wait = 300ms;
    Build build = at_whole_seconds(5, 10ms, connections);
    build.layer(timeout_after(500ms));
    build.clients().policy = "stack";
    build.fault(outage(500ms, 5s, OutageMode::error));
    CHECK(get(run_once(build.scenario()), Metric::connections_opened) == 2);
    // Found out of order, a connection is kept; without an answer it is broken.
    build.scenario().faults.clear();
    auto hang = fault_of<LatencyFault>(2500ms, 1s);
    hang.add = constant_time(60s);
    hang.holds_worker = false;
    build.fault(hang);
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::attempts_timed_out) == 2);
    CHECK(get(result, Metric::connections_rejected) == 3);
    CHECK(get(result, Metric::connections_broken) == 2);
    CHECK(get(result, Metric::connections_opened) == 4);
    CHECK(get(result, Metric::attempts_ok) == 45);
}

TEST_CASE("whoever waits gets the connection that comes free, in order") {
    Build build = at_whole_seconds(4, 100ms, pool_of(1));
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::latency_max) == Approx(0.4).epsilon(0.01));
    CHECK(get(result, Metric::connections_wait_mean) == Approx(0.15));
    CHECK(get(result, Metric::connections_opened) == 1);
}

TEST_CASE("connections break with the process at their other end, and with the client") {
    Build build = at_whole_seconds(3, 10ms, pool_of(3));
    auto crash = fault_of<CrashFault>(4500ms, 100ms);
    build.fault(crash);
    CHECK(get(run_once(build.scenario()), Metric::connections_opened) == 6);
    build.scenario().faults.clear();
    build.clients().connections->scope = Scope::client;
    ReconnectFault reconnect;
    reconnect.at = 4500ms;
    reconnect.lasts = 100ms;
    reconnect.on = "clients.web";
    reconnect.share = 0.34;  // two of the three
    build.fault(reconnect);
    CHECK(get(run_once(build.scenario()), Metric::connections_opened) == 5);
}

TEST_CASE("a connection is with one instance, and one with another makes room where all are taken") {
    Build build = at_whole_seconds(1, 10ms, pool_of(2));
    build.service().instances = 2;
    CHECK(get(run_once(build.scenario()), Metric::connections_opened) == 2);
    build.clients().connections->max = 1;
    CHECK(get(run_once(build.scenario()), Metric::connections_opened) == 10);
}

TEST_CASE("what finds the backlog full is dropped and asks again after 1 s and 3 s, or is refused") {
    ConnectionSettings connections = pool_of(1);
    connections.scope = Scope::client;
    Build build = at_whole_seconds(5, 10ms, connections);
    build.lasting(1900ms + 5s);
    build.clients().load = OpenLoad{Rate{0.2}, Arrivals::aligned};  // once, at 5 s
    build.service().backlog = BacklogSettings{1, 600ms, BacklogOverflow::drop};
    // One is being accepted, one waits. At 6 s the second is being accepted, and one of three finds room.
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::connections_asked_again) == 3);
    CHECK(get(result, Metric::requests_succeeded) == 3);
    CHECK(get(result, Metric::latency_max) == Approx(1.81).epsilon(0.01));
    build.lasting(9900ms);  // at 8 s there is room for both
    CHECK(get(run_once(build.scenario()), Metric::connections_asked_again) == 5);
    CHECK(get(run_once(build.scenario()), Metric::latency_max) == Approx(4.21).epsilon(0.01));
    build.service().backlog->when_full = BacklogOverflow::refuse;
    CHECK(get(run_once(build.scenario()), Metric::attempts_refused_outage) == 3);
}

TEST_CASE("nothing is accepted while the instance stands still, and all is lost with its process") {
    ConnectionSettings connections = pool_of(1);
    connections.scope = Scope::client;
    Build build = at_whole_seconds(4, 10ms, connections);
    build.clients().load = OpenLoad{Rate{0.2}, Arrivals::aligned};  // at 5 s and 10 s
    build.service().backlog = BacklogSettings{3, {}, BacklogOverflow::refuse};
    build.fault(fault_of<PauseFault>(4900ms, 400ms));
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::attempts_refused_outage) == 1);
    CHECK(get(result, Metric::latency_max) == Approx(0.310).epsilon(0.01));
    build.fault(fault_of<CrashFault>(5100ms, 50ms));
    CHECK(get(run_once(build.scenario()), Metric::attempts_errors) == 3);
}

TEST_CASE("a connection that nobody answers is asked for until it is answered") {
    Build build = at_whole_seconds(1, 10ms, pool_of(1));
    build.clients().load = OpenLoad{Rate{0.2}, Arrivals::aligned};
    build.fault(outage(4s, 3s, OutageMode::blackhole));  // asked for at 5 s, 6 s and 8 s
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::connections_asked_again) == 2);
    CHECK(get(result, Metric::latency_max) == Approx(3.01).epsilon(0.01));
}

TEST_CASE("calls to a stand-in need no connection, not even where no call before has needed one") {
    Build build = at_whole_seconds(2, 10ms, pool_of(1));
    build.scenario().services.push_back({"spare", build.service()});
    build.clients().alternatives = {"spare"};
    build.clients().policy = "stack";
    FallbackSettings fallback;
    fallback.value = FallbackValue::service;
    build.layer(fallback).layer(ChaosSettings{.rate = 1.0});
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::requests_fallback) == 20);
    CHECK(get(result, Metric::service_called, "services.spare") == 20);
    CHECK(get(result, Metric::connections_opened) == 0);
}

TEST_CASE("an endpoint that refuses calls leaves the connections that they come on alone") {
    Build build = at_whole_seconds(1, 10ms, pool_of(1));
    build.service().endpoints = {{"reading", {}}};
    auto fault = outage(3500ms, 2s);
    fault.on = "api/reading";
    const Result result = run_once(build.fault(fault).scenario());
    CHECK(get(result, Metric::attempts_refused_outage) == 2);
    CHECK(get(result, Metric::connections_broken) == 0);
    CHECK(get(result, Metric::connections_opened) == 1);
    build.scenario().faults = {outage(3500ms, 2s)};
    CHECK(get(run_once(build.scenario()), Metric::connections_broken) == 1);
}

TEST_CASE("of clients that go away together none opens a connection on its way") {
    Build build = at_whole_seconds(100, 10s, pool_of(1));
    build.clients().load = OpenLoad{Rate{0.2}, Arrivals::aligned};  // once, at 5 s
    ReconnectFault reconnect;
    reconnect.at = 7s;
    reconnect.lasts = 2s;
    reconnect.on = "clients.web";
    const Result result = run_once(build.lasting(8s).fault(reconnect).scenario());
    CHECK(get(result, Metric::requests_lost) == 100);
    CHECK(get(result, Metric::connections_opened) == 1);
    CHECK(get(result, Metric::connections_wait_mean) == Approx(99 * 2.0 / 100));
}

TEST_CASE("whoever never hears that its connection was accepted gives up, however long it has waited before") {
    Build build = at_whole_seconds(1, 10ms, pool_of(1));
    build.clients().load = OpenLoad{Rate{0.005}, Arrivals::aligned};  // once, at 200 s
    build.service().backlog = BacklogSettings{3, 150s, BacklogOverflow::drop};
    PartitionFault fault;
    fault.at = 340s;
    fault.lasts = 20s;
    fault.from = "clients.web";
    build.lasting(395s).fault(fault);
    // Accepted at 350 s; the last time to ask was at 263 s, and those to look are at 327 s and 391 s.
    CHECK(get(run_once(build.scenario()), Metric::attempts_refused_outage) == 1);
    build.scenario().faults.clear();
    CHECK(get(run_once(build.scenario()), Metric::latency_max) == Approx(150.01).epsilon(0.001));
}

TEST_CASE("instances of a calling service have pools of their own") {
    Build build;
    build.serving(10, constant_time(1ms)).open(4, 1, Arrivals::aligned).lasting(10950ms);
    build.clients().policy.clear();
    build.service().instances = 2;
    build.scenario().services.push_back({"db", build.service()});
    build.scenario().services.back().value.service_time = constant_time(100ms);
    build.scenario().services.back().value.instances = 1;
    OutgoingCall call;
    call.to = "db";
    call.connections = pool_of(1);
    call.connections->scope = Scope::client;
    build.service().calls.push_back(call);
    const Result result = run_once(build.scenario());
    CHECK(get(result, Metric::connections_opened, "services.api.calls.db") == 2);
    CHECK(get(result, Metric::latency_max) == Approx(0.201).epsilon(0.01));
}

}  // namespace connections_test
