#include "sim/clients/caller.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/sim/support/build.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;

namespace caller_test {
namespace {

/// A caller on its own, with so many members in so many groups.
struct Alone {
    Alone(std::uint32_t count, std::uint32_t groups, StackSettings stack)
        : members_{count, groups}, stack_(std::move(stack)) {}
    Caller make() { return {"clients.web", stack_, 3, members_, {0}, breakers}; }

    BreakerRegistry breakers;

private:
    Caller::Members members_;
    StackSettings stack_;
};

BreakerSettings breaker(Scope scope) {
    BreakerSettings settings;
    settings.scope = scope;
    return settings;
}

/// The layer that stands at place `l` of the pipeline of the i-th member.
const Layer* layer(const Caller& caller, std::uint32_t i, std::size_t l) { return &caller.pipeline(i)[l]; }

}  // namespace

TEST_CASE("clients with breakers of their own do not share them") {
    Alone alone(6, 2, {breaker(Scope::client)});
    const Caller caller = alone.make();
    std::set<const Layer*> breakers;
    for (std::uint32_t i = 0; i < 6; ++i) breakers.insert(layer(caller, i, 0));
    CHECK(breakers.size() == 6);
    CHECK(alone.breakers.entries().size() == 6);
}

TEST_CASE("clients of a group share its breaker, those of other groups do not") {
    Alone alone(6, 2, {breaker(Scope::group)});
    const Caller caller = alone.make();
    CHECK(alone.breakers.entries().size() == 2);
    for (std::uint32_t i = 0; i < 6; ++i)
        for (std::uint32_t j = 0; j < 6; ++j) CHECK((layer(caller, i, 0) == layer(caller, j, 0)) == (i % 2 == j % 2));
}

TEST_CASE("a breaker of scope all is one for the whole population") {
    Alone alone(6, 2, {breaker(Scope::all)});
    const Caller caller = alone.make();
    CHECK(alone.breakers.entries().size() == 1);
    for (std::uint32_t i = 0; i < 6; ++i) CHECK(layer(caller, i, 0) == layer(caller, 0, 0));
}

TEST_CASE("in a stack of mixed scopes each layer is shared as it says") {
    BulkheadSettings bulkhead;
    bulkhead.scope = Scope::group;
    Alone alone(6, 3, {breaker(Scope::all), bulkhead, breaker(Scope::client)});
    const Caller caller = alone.make();
    for (std::uint32_t i = 0; i < 6; ++i) {
        for (std::uint32_t j = 0; j < 6; ++j) {
            CHECK(layer(caller, i, 0) == layer(caller, j, 0));
            CHECK((layer(caller, i, 1) == layer(caller, j, 1)) == (i % 3 == j % 3));
            CHECK((layer(caller, i, 2) == layer(caller, j, 2)) == (i == j));
        }
    }
    // The registry knows whose each breaker is: one of layer 0, then six of layer 2.
    const auto& entries = alone.breakers.entries();
    REQUIRE(entries.size() == 7);
    CHECK(entries[0].layer == 0);
    for (std::uint32_t i = 0; i < 6; ++i) {
        CHECK(entries[i + 1].caller == 3);
        CHECK(entries[i + 1].layer == 2);
        CHECK(entries[i + 1].instance == i);
    }
}

TEST_CASE("what a layer outside all retries cuts is given up, what one below cuts is tried again") {
    Alone alone(1, 1, {timeout_after(5s), retries(3), timeout_after(1s)});
    const Caller caller = alone.make();
    CHECK(caller.outside_retries(0));
    CHECK_FALSE(caller.outside_retries(2));

    Alone without_retry(1, 1, {timeout_after(1s)});
    CHECK_FALSE(without_retry.make().outside_retries(0));
}

TEST_CASE("an attempt goes to the service called, or to the stand-in that a policy has named") {
    BreakerRegistry breakers;
    const Caller caller("clients.web", {}, 0, {1, 1}, {4, 7}, breakers);
    CHECK(caller.service() == 4);
    CHECK(caller.service(0) == 4);
    CHECK(caller.service(1) == 7);
    CHECK(caller.service(9) == 7);
}

}  // namespace caller_test
