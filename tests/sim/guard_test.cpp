/// Runs that would not end are stopped, and what there was of them is told.

#include "sim/guard.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"

using namespace stampede;
using namespace stampede::test;

TEST_CASE("retries without a delay at one instant are stopped there") {
    Build build;
    build.open(100, 1, scenarios::Arrivals::aligned).serving(100, constant_time(1ms)).lasting(10s);
    build.fault(outage(2500ms, 5s));
    auto retry = retries(1'000);
    retry.backoff = ConstantBackoff{0s};
    build.layer(retry);
    build.run().limits.at_once = 60'000;
    const auto result = run_once(build.scenario());
    CHECK(result.stopped_by == "at_once");
    CHECK(result.end == Instant{3s});
    CHECK(result.events < 200'000);
    CHECK(get(result, Metric::requests_succeeded) == 200);
    CHECK(get(result, Metric::requests_running) == 100);
    CHECK(get(result, Metric::requests_goodput) == Approx(200 / 3.0));
    REQUIRE(result.faults.size() == 1);
    CHECK(result.faults[0].end == Instant{3s});
    CHECK(series(result, "arrivals").size() == 30);
}

TEST_CASE("a queue without a limit is stopped by what is under way") {
    Build build;
    build.open(1'000, 100).serving(1, constant_time(1s)).lasting(60s);
    build.service().queue.limit = 4'000'000'000;
    build.run().limits.pending = 200'000;
    const auto result = run_once(build.scenario());
    CHECK(result.stopped_by == "pending");
    CHECK(to_seconds(result.end) == Approx(2.5).margin(0.7));  // 100,000 a second come, and none goes
    CHECK(get(result, Metric::requests_running) >= 200'000);
}

TEST_CASE("the number of events ends a run at the same event each time") {
    Build build;
    build.open(1'000, 10).serving(100, constant_time(1ms)).lasting(60s, 5s);
    build.run().limits.events = 500'000;
    const auto result = run_once(build.scenario());
    CHECK(result.stopped_by == "events");
    CHECK(result.events == 8 * sim::RunGuard::interval);
    CHECK(run_once(build.scenario()).fingerprint == result.fingerprint);
}

TEST_CASE("a run that is stopped within its warm-up still tells something") {
    Build build;
    build.open(1'000, 10).serving(100, constant_time(1ms)).lasting(60s, 50s);
    build.run().limits.events = 1;
    const auto result = run_once(build.scenario());
    CHECK(result.end == Instant{50s + 100ms});
    CHECK(get(result, Metric::requests_total) == 0);
}

TEST_CASE("a run that ends by itself was not stopped") {
    Build build;
    const auto result = run_once(build.scenario());
    CHECK(result.stopped_by.empty());
    CHECK(result.end == Instant{10s});
}
