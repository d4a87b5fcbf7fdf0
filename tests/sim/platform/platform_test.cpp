#include "sim/platform/platform.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <utility>
#include <vector>

#include "tests/sim/support/build.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;

TEST_CASE(
    "the route's latency is the network's to the nanosecond, from every population to the service that it calls") {
    Build build;
    build.network().latency = 5'000'001ns;
    build.scenario().services.push_back({"db", {}});
    build.scenario().clients.push_back({"batch", build.clients()});
    build.scenario().clients.back().value.calls = "db";
    const Platform platform(build.scenario());
    CHECK(platform.latency(0, 0) == 5'000'001ns);
    CHECK(platform.latency(1, 1) == 5'000'001ns);
}

TEST_CASE("a network without latency is allowed") {
    Build build;
    const Platform platform(build.scenario());
    CHECK(platform.latency(0, 0) == Duration::zero());
}

TEST_CASE("a host's going down and up is told once each, with the service's number") {
    Build build;
    build.scenario().services.push_back({"db", {}});
    Platform platform(build.scenario());
    std::vector<std::pair<std::size_t, bool>> changes;
    platform.on_service_host_change([&](std::size_t service, bool up) { changes.emplace_back(service, up); });
    platform.set_service_host(Instant{}, 1, false);
    platform.set_service_host(Instant{} + 1s, 1, false);
    platform.set_service_host(Instant{} + 1s, 0, false);
    platform.set_service_host(Instant{} + 3s, 1, true);
    CHECK(changes == std::vector<std::pair<std::size_t, bool>>{{1, false}, {0, false}, {1, true}});
}

TEST_CASE("a second platform in one process is refused with an error") {
    Build build;
    const Platform first(build.scenario());
    CHECK_THROWS_AS(Platform(build.scenario()), std::logic_error);
}
