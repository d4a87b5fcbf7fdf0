#include "sim/clients/population.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "tests/sim/support/build.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;
using scenarios::Arrivals;

namespace {

/// A population on its own; `first_agent` is not 0, so that a number taken for an index shows.
struct Alone {
    explicit Alone(Build build) : build_(std::move(build)) {}
    Population make() { return {build_.clients(), build_.stack(), 3, 1'000, 0, breakers}; }

    BreakerRegistry breakers;

private:
    Build build_;
};

Build clients(std::uint32_t count, std::uint32_t groups, const StackSettings& stack) {
    Build build;
    build.clients().count = count;
    build.clients().groups = groups;
    build.stack() = stack;
    return build;
}

BreakerSettings breaker(Scope scope) {
    BreakerSettings settings;
    settings.scope = scope;
    return settings;
}

/// The layer that stands at place `l` of the pipeline of the i-th client.
const Layer* layer(const Population& population, std::uint32_t i, std::size_t l) {
    return &population.pipeline(population.first_agent() + i)[l];
}

}  // namespace

TEST_CASE("poisson clients: gaps are exponential with the mean 1/rate, the first one too") {
    Build build;
    build.open(1, 4);
    Alone alone(build);
    const Population population = alone.make();
    Stream stream{11};
    double first = 0;
    double gaps = 0;
    constexpr int draws = 100'000;
    for (int i = 0; i < draws; ++i) {
        first += to_seconds(population.first_request(stream));
        gaps += to_seconds(population.next_request(stream));
    }
    // 3.9 standard errors: one stream in 10,000 strays further.
    CHECK(first / draws == Approx(0.25).margin(3.9 * 0.25 / std::sqrt(draws)));
    CHECK(gaps / draws == Approx(0.25).margin(3.9 * 0.25 / std::sqrt(draws)));
    CHECK(population.is_open());
    CHECK(population.constant_gap() == no_timer);
}

TEST_CASE("regular clients: each has a phase of its own within the period, and then exactly the period") {
    Build build;
    build.open(1, 4, Arrivals::regular);
    Alone alone(build);
    const Population population = alone.make();
    Stream stream{12};
    std::vector<Duration> phases;
    for (int i = 0; i < 10'000; ++i) phases.push_back(population.first_request(stream));
    std::sort(phases.begin(), phases.end());
    CHECK(phases.front() >= 0ms);
    CHECK(phases.back() <= 250ms);
    CHECK(to_seconds(phases[5'000]) == Approx(0.125).margin(3.9 * 0.25 * 0.5 / 100));
    const Stream before = stream;
    CHECK(population.next_request(stream) == 250ms);
    CHECK(stream == before);
    CHECK(population.constant_gap() == 250ms);
}

TEST_CASE("aligned clients: all at whole multiples of the period, without a draw") {
    Build build;
    build.open(1, 4, Arrivals::aligned);
    Alone alone(build);
    const Population population = alone.make();
    Stream stream{13};
    CHECK(population.first_request(stream) == 250ms);
    CHECK(population.next_request(stream) == 250ms);
    CHECK(stream == Stream{13});
}

TEST_CASE("closed clients: they think first, and each loop is an agent") {
    Build build;
    build.clients().count = 5;
    build.clients().load = scenarios::ClosedLoad{3, scenarios::ConstantTime{70ms}};
    Alone alone(build);
    const Population population = alone.make();
    Stream stream{14};
    CHECK(population.agents() == 15);
    CHECK_FALSE(population.is_open());
    CHECK(population.first_request(stream) == 70ms);
    CHECK(population.next_request(stream) == 70ms);
}

TEST_CASE("clients with breakers of their own do not share them") {
    Alone alone(clients(6, 2, {breaker(Scope::client)}));
    const Population population = alone.make();
    std::set<const Layer*> breakers;
    for (std::uint32_t i = 0; i < 6; ++i) breakers.insert(layer(population, i, 0));
    CHECK(breakers.size() == 6);
    CHECK(alone.breakers.entries().size() == 6);
}

TEST_CASE("clients of a group share its breaker, those of other groups do not") {
    Alone alone(clients(6, 2, {breaker(Scope::group)}));
    const Population population = alone.make();
    CHECK(alone.breakers.entries().size() == 2);
    for (std::uint32_t i = 0; i < 6; ++i)
        for (std::uint32_t j = 0; j < 6; ++j)
            CHECK((layer(population, i, 0) == layer(population, j, 0)) == (i % 2 == j % 2));
}

TEST_CASE("a breaker of scope all is one for the whole population") {
    Alone alone(clients(6, 2, {breaker(Scope::all)}));
    const Population population = alone.make();
    CHECK(alone.breakers.entries().size() == 1);
    for (std::uint32_t i = 0; i < 6; ++i) CHECK(layer(population, i, 0) == layer(population, 0, 0));
}

TEST_CASE("in a stack of mixed scopes each layer is shared as it says") {
    BulkheadSettings bulkhead;
    bulkhead.scope = Scope::group;
    Alone alone(clients(6, 3, {breaker(Scope::all), bulkhead, breaker(Scope::client)}));
    const Population population = alone.make();
    for (std::uint32_t i = 0; i < 6; ++i) {
        for (std::uint32_t j = 0; j < 6; ++j) {
            CHECK(layer(population, i, 0) == layer(population, j, 0));
            CHECK((layer(population, i, 1) == layer(population, j, 1)) == (i % 3 == j % 3));
            CHECK((layer(population, i, 2) == layer(population, j, 2)) == (i == j));
        }
    }
    // The registry knows whose each breaker is: one of layer 0, then six of layer 2.
    const auto& entries = alone.breakers.entries();
    REQUIRE(entries.size() == 7);
    CHECK(entries[0].layer == 0);
    for (std::uint32_t i = 0; i < 6; ++i) {
        CHECK(entries[i + 1].population == 3);
        CHECK(entries[i + 1].layer == 2);
        CHECK(entries[i + 1].instance == i);
    }
}

TEST_CASE("the loops of one closed client share its breaker") {
    Build build = clients(4, 1, {breaker(Scope::client)});
    build.clients().load = scenarios::ClosedLoad{3, scenarios::ConstantTime{70ms}};
    Alone alone(build);
    const Population population = alone.make();
    CHECK(alone.breakers.entries().size() == 4);
    for (std::uint32_t i = 0; i < 12; ++i)
        for (std::uint32_t j = 0; j < 12; ++j)
            CHECK((layer(population, i, 0) == layer(population, j, 0)) == (i / 3 == j / 3));
}

TEST_CASE("what a layer outside all retries cuts is given up, what one below cuts is tried again") {
    Alone alone(clients(1, 1, {timeout_after(5s), retries(3), timeout_after(1s)}));
    const Population population = alone.make();
    CHECK(population.outside_retries(0));
    CHECK_FALSE(population.outside_retries(2));

    Alone without_retry(clients(1, 1, {timeout_after(1s)}));
    CHECK_FALSE(without_retry.make().outside_retries(0));
}
