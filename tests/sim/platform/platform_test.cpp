#include "sim/platform/platform.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <utility>
#include <vector>

#include "tests/sim/support/build.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;

TEST_CASE("without zones all is in one, and the route's latency is the network's to the nanosecond") {
    Build build;
    build.network().latency = 5'000'001ns;
    const Platform platform(build.scenario());
    CHECK(platform.zones() == 1);
    CHECK(platform.latency(0, 0) == 5'000'001ns);
}

TEST_CASE("a network without latency is allowed") {
    Build build;
    const Platform platform(build.scenario());
    CHECK(platform.latency(0, 0) == Duration::zero());
}

TEST_CASE("between zones the link's latency counts, one way or both, and elsewhere the network's") {
    Build build;
    build.network().latency = 1ms;
    build.network().zones = {"east", "west", "far"};
    scenarios::ZoneLink both;
    both.from = "east";
    both.to = "west";
    both.latency = 30ms;
    scenarios::ZoneLink one_way;
    one_way.from = "west";
    one_way.to = "far";
    one_way.latency = 80ms;
    one_way.one_way = true;
    build.network().links = {both, one_way};
    const Platform platform(build.scenario());
    REQUIRE(platform.zones() == 3);
    CHECK(platform.latency(0, 0) == 1ms);
    CHECK(platform.latency(0, 1) == 30ms);
    CHECK(platform.latency(1, 0) == 30ms);
    CHECK(platform.latency(1, 2) == 80ms);
    CHECK(platform.latency(2, 1) == 1ms);
}

TEST_CASE("a host's going down and up is told once each, with the instance's number over all services") {
    Build build;
    build.service().instances = 2;
    build.scenario().services.push_back({"db", {}});
    Platform platform(build.scenario());
    std::vector<std::pair<std::size_t, bool>> changes;
    platform.on_host_change([&](std::size_t instance, bool up) { changes.emplace_back(instance, up); });
    platform.set_host(Instant{}, 2, false);
    platform.set_host(Instant{} + 1s, 2, false);
    platform.set_host(Instant{} + 1s, 0, false);
    platform.set_host(Instant{} + 3s, 2, true);
    CHECK(changes == std::vector<std::pair<std::size_t, bool>>{{2, false}, {0, false}, {2, true}});
}

TEST_CASE("a second platform in one process is refused with an error") {
    Build build;
    const Platform first(build.scenario());
    CHECK_THROWS_AS(Platform(build.scenario()), std::logic_error);
}
