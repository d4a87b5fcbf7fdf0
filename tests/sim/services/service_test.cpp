#include "sim/services/service.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace stampede;
using namespace stampede::sim;
using namespace std::chrono_literals;
using scenarios::Balancing;
using scenarios::CallMoment;

namespace service_test {
namespace {

scenarios::ServiceSettings settings(std::uint32_t instances, Balancing balancing) {
    scenarios::ServiceSettings settings;
    settings.workers = 5;
    settings.service_time = scenarios::ConstantTime{10ms};
    settings.instances = instances;
    settings.balancing = balancing;
    return settings;
}

/// How many of so many attempts go to each of the instances, which are numbered from 2 on.
std::vector<int> choices(const scenarios::ServiceSettings& settings, int attempts,
                         std::vector<std::uint32_t> under_way) {
    Service service(settings, 1, 0, 2, {});
    std::vector<int> counts(under_way.size());
    for (int i = 0; i < attempts; ++i) ++counts[service.choose(any_host, under_way)];
    return counts;
}

scenarios::OutgoingCall call(CallMoment when, bool parallel) {
    scenarios::OutgoingCall call;
    call.when = when;
    call.parallel = parallel;
    return call;
}

}  // namespace

TEST_CASE("a service's capacity is the workers of all its instances over its mean time") {
    const auto five = settings(5, Balancing::random);
    CHECK(Service(five, 1, 0, 0, {}).capacity_per_s() == Approx(2'500));
}

TEST_CASE("round robin gives every instance the same, in turn") {
    CHECK(choices(settings(3, Balancing::round_robin), 9, {0, 0, 9, 0, 0}) == std::vector<int>{0, 0, 3, 3, 3});
}

TEST_CASE("a random balancer gives every instance about the same, whatever it has to do") {
    const auto counts = choices(settings(2, Balancing::random), 10'000, {0, 0, 50, 0});
    // 3.9 standard errors of a count.
    CHECK(counts[2] == Approx(5'000).margin(3.9 * 50));
    CHECK(counts[2] + counts[3] == 10'000);
}

TEST_CASE("least requests goes to the instance with the fewest calls under way, in turn where these are equal") {
    CHECK(choices(settings(3, Balancing::least_requests), 6, {0, 0, 4, 1, 2}) == std::vector<int>{0, 0, 0, 6, 0});
    CHECK(choices(settings(3, Balancing::least_requests), 6, {0, 0, 4, 4, 4}) == std::vector<int>{0, 0, 2, 2, 2});
}

TEST_CASE("two choices takes the better of two: of two instances the worse one only when it is drawn twice") {
    const auto counts = choices(settings(2, Balancing::two_choices), 10'000, {0, 0, 5, 1});
    CHECK(counts[2] == Approx(2'500).margin(3.9 * 43.3));
}

TEST_CASE("an attempt that names a host goes there whatever the balancer would do") {
    const auto four = settings(4, Balancing::round_robin);
    Service service(four, 1, 0, 10, {});
    const std::vector<std::uint32_t> idle(14);
    CHECK(service.choose(3, idle) == 13);
    CHECK(service.choose(5, idle) == 11);
    CHECK(service.choose(any_host, idle) == 10);
}

TEST_CASE("a plan's steps: those before the work first, parallel calls in one, each call found by its caller") {
    const CallPlan plan({call(CallMoment::after, false), call(CallMoment::before, false),
                         call(CallMoment::before, true), call(CallMoment::after, false)},
                        7);
    REQUIRE(plan.steps() == 3);
    CHECK(plan.steps_before() == 1);
    REQUIRE(plan.step(0).size() == 2);
    CHECK(plan.step(0)[0].caller == 8);
    CHECK(plan.step(0)[1].caller == 9);
    CHECK(plan.step(1)[0].caller == 7);
    CHECK(plan.step(2)[0].caller == 10);
    for (std::uint16_t caller = 7; caller < 11; ++caller) CHECK(plan.edge(caller).caller == caller);
}

}  // namespace service_test
