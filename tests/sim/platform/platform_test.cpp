#include "sim/platform/platform.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/platform/platform_file.hpp"
#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"

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

namespace platform_file_test {
namespace {

/// A platform file with a host that fails, one that slows down, and a link whose latency changes: the elements of
/// SimGrid's own examples small_platform_profile.xml and two_hosts_platform_with_availability_included.xml.
std::string platform_text(const std::string& hosts = "<host id=\"b\" speed=\"1Gf\"/>") {
    return "<?xml version='1.0'?>\n"
           "<!DOCTYPE platform SYSTEM \"https://simgrid.org/simgrid.dtd\">\n"
           "<platform version=\"4.1\">\n"
           "<trace id=\"off\" periodicity=\"100\">\n0 1\n2 0\n4 1\n</trace>\n"
           "<trace id=\"slow\" periodicity=\"100\">\n0 1.0\n5 0.5\n8 1.0\n</trace>\n"
           "<zone id=\"world\" routing=\"Full\">\n"
           "<host id=\"a\" speed=\"1Gf\" core=\"2\"/>\n" +
           hosts +
           "\n<link id=\"l\" bandwidth=\"1MBps\" latency=\"10ms\" latency_file=\"longer.trace\"/>\n"
           "<route src=\"a\" dst=\"b\"><link_ctn id=\"l\"/></route>\n"
           "</zone>\n"
           "<trace_connect kind=\"HOST_AVAIL\" trace=\"off\" element=\"a\"/>\n"
           "<trace_connect kind=\"SPEED\" trace=\"slow\" element=\"a\"/>\n"
           "</platform>\n";
}

/// A client on b calls a service on a.
Build on_platform(std::string text = platform_text()) {
    Build build;
    build.network() = {};
    // SimGrid 3.32 connects no traces to links: their profiles are files.
    build.network().platform =
        scenarios::TextFile{"cluster.xml", std::move(text), {{"longer.trace", "0 0.010\n3 0.050\n"}}};
    build.network().zones = {"a", "b"};
    build.clients().zone = "b";
    return build;
}

std::string refusal(const std::string& text) { return inspect_platform(on_platform(text).scenario()).refusal; }

}  // namespace

TEST_CASE("what a platform file holds is found out in another process: hosts, routes, cores, when hosts change") {
    Build build = on_platform();
    const PlatformReport report = inspect_platform(build.scenario());
    CHECK(report.refusal.empty());
    CHECK(report.hosts == std::vector<std::string>{"a", "b"});
    CHECK(report.cores == std::vector<int>{2, 1});
    CHECK(report.changes == std::vector<double>{0, 2, 4, 5, 8});
    CHECK(report.without_route.empty());
    build.network().zones = {"a", "nobody"};
    CHECK(inspect_platform(build.scenario()).unknown_zones == std::vector<std::size_t>{1});
}

TEST_CASE("hosts without a route between them are told") {
    Build build = on_platform(platform_text("<host id=\"b\" speed=\"1Gf\"/><host id=\"c\" speed=\"1Gf\"/>"));
    build.network().zones = {"a", "c"};
    using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;
    CHECK(inspect_platform(build.scenario()).without_route == Pairs{{0, 1}, {1, 0}});
}

TEST_CASE("whatever SimGrid throws or aborts on is a refusal with the place in the file") {
    CHECK(refusal("{ \"json\": 1 }").find("cluster.xml:1: ") == 0);
    CHECK(refusal(platform_text("<hst id=\"b\"/>")).find("cluster.xml:16: ") == 0);
    CHECK(refusal(platform_text("<host id=\"b\" speed=\"fast\"/>")).find("cannot parse number") != std::string::npos);
    CHECK(refusal(platform_text("<host id=\"a\" speed=\"1Gf\"/>")).find("second host") != std::string::npos);
    CHECK(refusal(platform_text("<host id=\"b\" speed=\"1Gf\" state_file=\"no.profile\"/>"))
              .find("Cannot open file 'no.profile'") == 0);
    CHECK_FALSE(refusal("").empty());
}

TEST_CASE("what profiles make worse than it was at the beginning are faults, as long as it is") {
    Build build = on_platform();
    using Seen = std::vector<std::tuple<std::string, std::string, double, double>>;
    Seen seen;
    for (const auto& fault : inspect_platform(build.scenario()).faults)
        seen.emplace_back(fault.kind, fault.subject, fault.begin_s, fault.end_s);
    CHECK(seen == Seen{{"outage", "zones.a", 2, 4}, {"latency", "links.l", 3, 10}, {"slowdown", "zones.a", 5, 8}});

    build.open(100, 1).serving(50, constant_time(10ms)).layer(timeout_after(200ms)).lasting(10s, 500ms);
    const auto result = run_seeds(build.scenario(), 1).front();
    REQUIRE(result.faults.size() == 3);
    CHECK(result.faults.front().kind == "outage");
    CHECK(result.faults.front().begin == Instant{} + 2s);
    CHECK(get(result, Metric::recovery_degraded_after) == Approx(0).margin(0.3));
}

TEST_CASE("states, speeds and bandwidths are seen at the very time when they change") {
    Build build = on_platform(platform_text("<host id=\"b\" speed=\"1Gf\" state_file=\"b.trace\"/>"));
    scenarios::TextFile& file = *build.network().platform;
    file.text.replace(file.text.find("latency_file=\"longer.trace\""), 27, "bandwidth_file=\"narrow.trace\"");
    file.further = {{"narrow.trace", "0 1e6\n4.25125 5e5\n6.5 1e6\n"}, {"b.trace", "0 1\n2.0625 0\n2.0703125 1\n"}};
    std::vector<std::tuple<std::string, std::string, double, double>> seen;
    for (const auto& fault : inspect_platform(build.scenario()).faults)
        seen.emplace_back(fault.kind, fault.subject, fault.begin_s, fault.end_s);
    REQUIRE(seen.size() == 4);
    CHECK(seen[0] == std::tuple{"outage", "zones.a", 2.0, 4.0});
    CHECK(seen[1] == std::tuple{"outage", "zones.b", 2.0625, 2.0703125});
    CHECK(seen[2] == std::tuple{"bandwidth", "links.l", 4.25125, 6.5});
    CHECK(seen[3] == std::tuple{"slowdown", "zones.a", 5.0, 8.0});
}

TEST_CASE("cores that a fault has taken are away as long as it lasts, whatever their host does meanwhile") {
    Build build = on_platform();  // off from 2 s to 4 s
    build.open(2, 1, scenarios::Arrivals::aligned).serving(10, constant_time(100ms)).lasting(4900ms);
    build.clients().policy.clear();
    build.service().processor = scenarios::ProcessorSettings{2, scenarios::ProcessorModel::simgrid};
    auto half = fault_of<scenarios::CapacityFault>(2500ms, 2s);
    half.lost = 0.5;
    // Both calls of 4 s are 100 ms on their way. On one core they take twice as long.
    CHECK(get(run_once(build.scenario()), Metric::latency_max) == Approx(0.200).epsilon(0.001));
    CHECK(get(run_once(build.fault(half).scenario()), Metric::latency_max) == Approx(0.300).epsilon(0.001));
    half.at = 1500ms;
    half.lasts = 3s;
    build.scenario().faults = {half};
    CHECK(get(run_once(build.scenario()), Metric::latency_max) == Approx(0.300).epsilon(0.001));
}

TEST_CASE("profiles of the file come when they are due: latencies of ways, states and speeds of hosts") {
    Build build = on_platform();
    Platform platform(build.scenario());
    std::vector<std::tuple<std::size_t, bool, double>> seen;
    platform.on_machine_change([&](std::size_t i, bool up, double speed) { seen.emplace_back(i, up, speed); });
    CHECK(platform.way(Instant{} + 1s, 1, 0).latency == 10ms);
    CHECK(platform.way(Instant{} + 3500ms, 1, 0).latency == 50ms);
    CHECK_FALSE(platform.way(Instant{} + 3500ms, 1, 0).is_open);  // a host that is off is not reached
    CHECK_FALSE(platform.way(Instant{} + 3500ms, 0, 1).is_open);  // nor heard
    CHECK(platform.way(Instant{} + 9s, 0, 1).is_open);
    using Seen = std::vector<std::tuple<std::size_t, bool, double>>;
    CHECK(seen == Seen{{0, true, 1}, {0, true, 1}, {0, false, 1}, {0, true, 1}, {0, true, 0.5}, {0, true, 1}});
}

TEST_CASE("a run on a platform file: calls to a host that is off time out, those to a slow one take longer") {
    Build build = on_platform();
    build.open(100, 1).serving(50, constant_time(10ms)).layer(timeout_after(200ms)).lasting(10s);
    const auto result = run_seeds(build.scenario(), 1).front();
    CHECK(get(result, Metric::attempts_timed_out) == Approx(200).margin(50));  // from 2 s to 4 s
    // 10 ms there and back and 10 ms of work; 50 ms and 20 ms at the worst.
    CHECK(get(result, Metric::latency_max) == Approx(0.120).margin(0.001));
}

TEST_CASE("a size is a flow on the platform's links") {
    Build build = on_platform();
    build.open(1, 2, scenarios::Arrivals::regular)
        .serving(1, constant_time(10ms))
        .lasting(1900ms);                      // until the host is off
    build.network().request_size = {100'000};  // 100 ms alone
    const auto result = run_seeds(build.scenario(), 1).front();
    CHECK(get(result, Metric::latency_max) == Approx(0.130).margin(0.001));
}

}  // namespace platform_file_test
