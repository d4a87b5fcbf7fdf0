#include "sim/network/network.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "sim/network/answered.hpp"
#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;
using scenarios::Bandwidth;

namespace network_test {
namespace {

/// A network by itself, and messages over it.
class Wire {
public:
    explicit Wire(Build& build) : platform_(build.scenario()), network_(build.scenario(), platform_) {}
    Passage send(double bytes = 0, Duration at = {}, const Endpoint& from = {}, const Endpoint& to = {}) {
        return network_.cross(from, to, bytes, Instant{} + at, stream_);
    }
    Network& network() { return network_; }

private:
    Platform platform_;
    Network network_;
    Stream stream_ = Stream::of(1, 2, 3);
};

/// How many of a thousand messages from the client arrive, by how often they do.
std::map<int, int> copies(Wire& wire, std::uint32_t client = 0) {
    std::map<int, int> count;
    for (int i = 0; i < 1000; ++i)
        ++count[wire.send(0, {}, {0, 0, Endpoint::none, client}, {0, Endpoint::none, 0, 0}).copies];
    return count;
}

NetworkRule rule(const scenarios::Scenario& scenario, const std::string& from, const std::string& to,
                 double share = 1) {
    return {FaultEnd{scenario, from, share}, FaultEnd{scenario, to, 1}};
}

}  // namespace

TEST_CASE("a message takes its size over the bandwidth longer, and only where the way has one") {
    Build build;
    build.network().latency = 5ms;
    build.network().request_size = {1000};
    build.network().bandwidth = Bandwidth{1'000'000};
    Wire wire(build);
    CHECK(wire.network().request_bytes(0) == 1000);
    CHECK(wire.send(1000).delays[0] == 6ms);
    CHECK_FALSE(wire.send(1000).flows);
}

TEST_CASE("without sizes a bandwidth changes nothing, and all messages are alike") {
    Build build;
    build.network().bandwidth = Bandwidth{1000};
    build.network().shared = true;
    Wire wire(build);
    CHECK(wire.network().is_plain());
}

TEST_CASE("with jitter messages overtake each other unless they are in order") {
    for (const bool in_order : {false, true}) {
        // One process has one platform: each way of it is tried on a zone of its own.
        static Build build = [] {
            Build b;
            b.network().zones = {"a", "b"};
            for (const char* zone : {"a", "b"}) {
                scenarios::ZoneLink link;
                link.from = link.to = zone;
                link.latency = 10ms;
                link.jitter = 10ms;
                link.in_order = zone == std::string{"b"};
                b.network().links.push_back(link);
            }
            return b;
        }();
        static Wire wire(build);
        const Endpoint end{static_cast<std::uint16_t>(in_order ? 1 : 0)};
        Duration latest{};
        int overtaken = 0;
        for (int i = 0; i < 1000; ++i) {
            const Duration at = i * 1ms;
            const Duration arrival = at + wire.send(0, at, end, end).delays[0];
            if (arrival < latest) ++overtaken;
            latest = std::max(latest, arrival);
        }
        CHECK((overtaken == 0) == in_order);
    }
}

TEST_CASE("messages are lost and doubled as often as the way says") {
    Build build;
    build.network().loss = 0.2;
    build.network().duplication = 0.25;
    Wire wire(build);
    auto count = copies(wire);
    CHECK(count[0] == Approx(200).margin(40));
    CHECK(count[2] == Approx(200).margin(40));  // a quarter of those that arrive
}

TEST_CASE("a rule strikes the first so many clients, both ways or one way, and ends") {
    Build build;
    build.clients().count = 10;
    Wire wire(build);
    NetworkRule blocks = rule(build.scenario(), "clients.web", "api", 0.25);
    blocks.blocks = true;
    const Endpoint service{0, Endpoint::none, 0, 0};
    const auto arrives = [&](std::uint32_t client) {
        return wire.send(0, {}, {0, 0, Endpoint::none, client}, service).copies == 1;
    };
    const auto answered = [&](std::uint32_t client) {
        return wire.send(0, {}, service, {0, 0, Endpoint::none, client}).copies == 1;
    };
    wire.network().set_rule(7, blocks);
    CHECK_FALSE(arrives(2));  // a quarter of ten are three
    CHECK(arrives(3));
    CHECK_FALSE(answered(2));
    blocks.one_way = true;
    wire.network().set_rule(7, blocks);
    CHECK_FALSE(arrives(2));
    CHECK(answered(2));
    wire.network().remove_rule(7);
    CHECK(arrives(2));
    CHECK(wire.network().is_plain());
}

TEST_CASE("rules add up: losses have their chance in turn, delays are added") {
    Build build;
    build.network().latency = 1ms;
    Wire wire(build);
    NetworkRule slow = rule(build.scenario(), "api", "");
    slow.latency.emplace(constant_time(10ms));
    slow.strength = 0.5;
    slow.seconds_per_byte = 1e-6;
    wire.network().set_rule(1, slow);
    CHECK(wire.send(1000, {}, {0, 0}, {0, Endpoint::none, 0, 0}).delays[0] == 7ms);
    NetworkRule lossy = rule(build.scenario(), "api", "");
    lossy.loss = 0.5;
    wire.network().set_rule(1, lossy);
    wire.network().set_rule(2, lossy);
    CHECK(copies(wire)[1] == Approx(250).margin(50));
}

TEST_CASE("a partition of a share of clients: theirs time out, the others' do not, and all is well after it") {
    Build build;
    build.open(100, 1).serving(10, constant_time(1ms)).layer(timeout_after(100ms)).lasting(30s);
    scenarios::PartitionFault fault;
    fault.at = 10s;
    fault.lasts = 10s;
    fault.from = "clients.web";
    fault.share = 0.3;
    build.fault(fault);
    const auto result = run_seeds(build.scenario(), 1).front();
    CHECK(get(result, Metric::attempts_timed_out) == Approx(300).margin(60));
    CHECK(get(result, Metric::requests_success_rate) == Approx(0.9).margin(0.02));
}

TEST_CASE("messages that arrive twice make the service work twice, and the caller hears one answer") {
    Build build;
    build.open(100, 1).serving(10, constant_time(1ms)).lasting(20s);
    build.network().duplication = 1;
    const auto result = run_seeds(build.scenario(), 1).front();
    CHECK(get(result, Metric::requests_success_rate) == 1);
    CHECK(get(result, Metric::service_utilisation) == Approx(2 * 100 * 0.001 / 10).epsilon(0.05));
}

TEST_CASE("of the answers to a doubled attempt one counts, in time or late, and the others came again") {
    Build build;
    build.open(100, 1).serving(10, exponential_time(5ms)).lasting(20s);
    build.network().jitter = 1ms;
    build.network().latency = 2ms;
    CHECK_FALSE(find(run_once(build.scenario()), Metric::attempts_answered_again));
    build.network().duplication = 1;  // two requests, two answers each
    const auto in_time = run_once(build.scenario());
    const double attempts = get(in_time, Metric::attempts_total);
    CHECK(get(in_time, Metric::attempts_late) == 0);
    CHECK(get(in_time, Metric::attempts_answered_again) == Approx(3 * attempts).margin(9));

    build.layer(timeout_after(10us));
    const auto late = run_once(build.scenario());
    CHECK(get(late, Metric::attempts_timed_out) == attempts);
    CHECK(get(late, Metric::attempts_late) == Approx(attempts).margin(3));
    CHECK(get(late, Metric::attempts_answered_again) == Approx(3 * attempts).margin(9));
}

TEST_CASE("the first answer that comes is the one that counts, whichever of them are lost") {
    Build build;
    build.open(100, 1).serving(10, exponential_time(5ms)).lasting(100s).layer(timeout_after(10us));
    build.network().jitter = 1ms;
    build.network().latency = 2ms;
    build.network().duplication = 1;
    build.network().loss = 0.5;
    const auto result = run_once(build.scenario());
    const double attempts = get(result, Metric::attempts_total);
    // Half of the requests come, each twice. Of the answers to these two, each is lost half of the time, or comes
    // twice.
    const double any = 0.5 * (1 - 0.5 * 0.5);
    CHECK(get(result, Metric::attempts_late) == Approx(any * attempts).margin(4 * std::sqrt(0.24 * attempts)));
    CHECK(get(result, Metric::attempts_answered_again) ==
          Approx((0.5 * 2 * 0.5 * 2 - any) * attempts).margin(6 * std::sqrt(attempts)));
}

TEST_CASE("an answer comes again to an attempt that had one, ten thousand others in between or none") {
    CHECK_FALSE(AnsweredAttempts(false).doubles());
    AnsweredAttempts answered(true);
    CHECK_FALSE(answered.note({7, 1}));
    CHECK(answered.note({7, 1}));
    CHECK_FALSE(answered.note({7, 2}));
    for (std::uint32_t i = 0; i < 10'000; ++i) CHECK_FALSE(answered.note({i % 100, 10 + i}));
    CHECK(answered.note({7, 1}));
    CHECK(answered.note({7, 2}));
}

}  // namespace network_test
