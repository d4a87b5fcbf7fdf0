/// Services that call services: each number here can be said beforehand.

#include <catch2/catch.hpp>

#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"

using namespace stampede;
using namespace stampede::test;
using scenarios::CallMoment;
using sim::Result;

namespace tiers_test {
namespace {

/// A service of plenty of workers and a constant time.
scenarios::ServiceSettings service(Duration time) {
    scenarios::ServiceSettings settings;
    settings.workers = 1'000;
    settings.service_time = constant_time(time);
    return settings;
}

scenarios::OutgoingCall call(const std::string& to, CallMoment when = CallMoment::after) {
    scenarios::OutgoingCall call;
    call.to = to;
    call.when = when;
    return call;
}

/// "api", 10 ms, which calls as told "left" (20 ms) and "right" (30 ms); one client, a request a second.
Build tiers(const std::vector<scenarios::OutgoingCall>& calls) {
    Build build;
    build.serving(10, constant_time(10ms)).open(1, 1, scenarios::Arrivals::aligned).lasting(10500ms);
    build.service().calls = calls;
    build.scenario().services.push_back({"left", service(20ms)});
    build.scenario().services.push_back({"right", service(30ms)});
    return build;
}

double latency(const Result& result) { return get(result, Metric::latency_max); }

}  // namespace

TEST_CASE("calls of a service follow its own work one after the other, and add their times") {
    const Result result = run_once(tiers({call("left"), call("right")}).scenario());
    CHECK(get(result, Metric::requests_succeeded) == 10);
    CHECK(latency(result) == Approx(0.060));
    CHECK(get(result, Metric::requests_total, "services.api.calls.left") == 10);
    CHECK(get(result, Metric::latency_max, "services.api.calls.right") == Approx(0.030));
}

TEST_CASE("parallel calls take as long as the slowest of them") {
    auto calls = std::vector{call("left"), call("right")};
    calls[1].parallel = true;
    CHECK(latency(run_once(tiers(calls).scenario())) == Approx(0.040));
}

TEST_CASE("calls before the own work are made first, and the work counts once") {
    const Result result = run_once(tiers({call("left", CallMoment::before), call("right")}).scenario());
    CHECK(latency(result) == Approx(0.060));
    CHECK(get(result, Metric::requests_succeeded) == 10);
}

TEST_CASE("the network is crossed for each call, both ways, between the zones where the two stand") {
    Build build = tiers({call("left")});
    build.network().latency = 1ms;
    build.network().zones = {"east", "west"};
    scenarios::ZoneLink link;
    link.from = "east";
    link.to = "west";
    link.latency = 40ms;
    build.network().links = {link};
    build.scenario().services[1].value.zones = {"west"};
    // Client to api and back within the east, api to left and back across.
    CHECK(latency(run_once(build.scenario())) == Approx(0.010 + 0.002 + 0.080 + 0.020));
}

TEST_CASE("fan-out makes so many calls at once, a share only some") {
    auto fan = call("left");
    fan.count = 25;
    const Result result = run_once(tiers({fan}).scenario());
    CHECK(get(result, Metric::service_called, "services.left") == 250);
    CHECK(get(result, Metric::service_amplification, "services.left") == Approx(25));

    auto rare = call("left");
    rare.count = 1'000;
    rare.probability = 0.3;
    const double share = get(run_once(tiers({rare}).scenario()), Metric::service_called, "services.left") / 10'000;
    CHECK(share == Approx(0.3).margin(3.9 * std::sqrt(0.3 * 0.7 / 10'000)));
}

TEST_CASE("a worker waits for the service's calls, or takes the next call meanwhile") {
    const auto busy = [](bool holds) {
        Build build = tiers({call("right")});
        build.service().holds_worker = holds;
        return get(run_once(build.scenario()), Metric::service_utilisation, "services.api");
    };
    // 10 workers for 10.5 s; 10 calls of 10 ms, or of 40 ms.
    CHECK(busy(true) == Approx(10 * 0.040 / 105));
    CHECK(busy(false) == Approx(10 * 0.010 / 105));
}

TEST_CASE("a call that fails makes the service answer an error, unless it is optional") {
    Build build = tiers({call("left"), call("right")});
    build.scenario().services[1].value.errors = {1.0, scenarios::ErrorClass::client_error, {}};
    const Result failing = run_once(build.scenario());
    CHECK(get(failing, Metric::attempts_errors) == 10);
    // What would have come after the failure is not called.
    CHECK(get(failing, Metric::service_called, "services.right") == 0);

    build.service().calls[0].optional = true;
    const Result all_well = run_once(build.scenario());
    CHECK(get(all_well, Metric::requests_succeeded) == 10);
    CHECK(get(all_well, Metric::service_called, "services.right") == 10);
}

TEST_CASE("calls before the work that are refused at once end one job after the other, however many wait") {
    Build build = tiers({call("left", CallMoment::before)});
    build.service().workers = 1;
    build.service().queue.limit = 200'000;
    build.open(100'000, 1, scenarios::Arrivals::aligned).lasting(1500ms);
    BulkheadSettings none;
    none.max_concurrent = 1;
    none.max_waiting = 0;
    build.scenario().policies.push_back({"closed", {none}});
    build.scenario().services[1].value.service_time = constant_time(100s);
    build.service().calls[0].policy = "closed";
    build.service().calls[0].count = 2;
    const Result result = run_once(build.scenario());
    // Of the two calls of the first job one is let in and never ends: its worker waits with it.
    CHECK(get(result, Metric::requests_running) == 100'000);
}

/// Five services in a row that try their calls three times, and clients that do; the last service is down.
Build five_tiers(bool propagate_retry) {
    Build build;
    build.open(1, 1, scenarios::Arrivals::aligned).lasting(10500ms);
    build.layer(retries(3, NoJitter{}));
    build.scenario().services.clear();
    for (int tier = 0; tier < 5; ++tier) {
        auto settings = service(1ms);
        if (tier < 4) {
            settings.calls = {call("tier" + std::to_string(tier + 1))};
            settings.calls.front().policy = "stack";
            settings.calls.front().propagate_retry = propagate_retry;
        }
        build.scenario().services.push_back({"tier" + std::to_string(tier), settings});
    }
    build.clients().calls = "tier0";
    auto& retry = std::get<RetrySettings>(build.stack().front());
    retry.backoff = ExponentialBackoff{1ms, 1, 1ms};
    scenarios::OutageFault down;
    down.lasts = 10500ms;
    down.on = "tier4";
    build.fault(down);
    return build;
}

double at_tier(const Result& result, int tier) {
    return get(result, Metric::service_amplification, "services.tier" + std::to_string(tier));
}

TEST_CASE("three tries at each of five layers become 243 attempts at the bottom while it is down") {
    const Result result = run_once(five_tiers(true).scenario());
    CHECK(get(result, Metric::requests_failed) == 10);
    double attempts = 3;
    for (int tier = 0; tier < 5; ++tier, attempts *= 3) CHECK(at_tier(result, tier) == attempts);
}

TEST_CASE("tries add up where retries are marked and what serves one is tried once, and multiply without the mark") {
    const auto run = [](bool propagate_retry) {
        Build build = five_tiers(propagate_retry);
        std::get<RetrySettings>(build.stack().front()).for_retry = ForRetry::give_up;
        return run_once(build.scenario());
    };
    const Result marked = run(true);
    // The first try at each tier is unmarked and causes what an unmarked call causes one tier below; the two retries
    // cause one attempt each at every tier below.
    for (int tier = 0; tier < 5; ++tier) CHECK(at_tier(marked, tier) == 1 + 2 * (tier + 1));
    // Where nobody hands it on, nobody knows of it.
    CHECK(at_tier(run(false), 4) == 243);
}

TEST_CASE("the mark stays with work whose caller has given up") {
    Build build = tiers({call("left")});
    build.layer(retries(2, NoJitter{})).layer(timeout_after(5ms));  // sooner than api's own work is done
    build.scenario().policies.push_back({"inner", {retries(3, NoJitter{})}});
    auto& inner = std::get<RetrySettings>(build.scenario().policies.back().value.front());
    inner.backoff = ExponentialBackoff{1ms, 1, 1ms};
    inner.for_retry = ForRetry::give_up;
    build.service().calls[0].policy = "inner";
    build.service().calls[0].propagate_retry = true;
    build.scenario().services[1].value.errors = {1.0, scenarios::ErrorClass::transient, {}};
    // Of each request's two attempts at api the first is tried thrice at left, the second once.
    CHECK(get(run_once(build.scenario()), Metric::service_amplification, "services.left") == 4);
}

}  // namespace tiers_test
