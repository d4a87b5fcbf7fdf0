#include "policies/backoff/backoff.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cstdint>
#include <limits>

#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

Duration any_duration() { return Duration{*rc::gen::inRange<std::int64_t>(0, longest.count())}; }

Backoff any_backoff() {
    const Duration a = any_duration();
    const Duration b = any_duration();
    switch (*rc::gen::inRange(0, 3)) {
        case 0:
            return ConstantBackoff{a};
        case 1:
            return LinearBackoff{std::min(a, b), any_duration(), std::max(a, b)};
        default:
            return ExponentialBackoff{std::min(a, b), 1 + *rc::gen::inRange(0, 9901) / 100.0, std::max(a, b)};
    }
}

}  // namespace

TEST_CASE("constant backoff is the same before every retry") {
    const Backoff backoff = ConstantBackoff{250ms};
    CHECK(nominal(backoff, 1) == 250ms);
    CHECK(nominal(backoff, 1000) == 250ms);
    CHECK(cap(backoff) == 250ms);
}

TEST_CASE("linear backoff adds a step for every retry, up to its cap") {
    const Backoff backoff = LinearBackoff{100ms, 50ms, 220ms};
    CHECK(nominal(backoff, 1) == 100ms);
    CHECK(nominal(backoff, 2) == 150ms);
    CHECK(nominal(backoff, 3) == 200ms);
    CHECK(nominal(backoff, 4) == 220ms);
    CHECK(nominal(backoff, 1000) == 220ms);
}

TEST_CASE("linear backoff without a step stays at its first delay") {
    CHECK(nominal(LinearBackoff{100ms, 0ms, 1s}, 17) == 100ms);
}

TEST_CASE("exponential backoff multiplies for every retry, up to its cap") {
    const Backoff backoff = ExponentialBackoff{};
    CHECK(nominal(backoff, 1) == 1s);
    CHECK(nominal(backoff, 2) == 2s);
    CHECK(nominal(backoff, 6) == 32s);
    CHECK(nominal(backoff, 7) == 60s);
    CHECK(nominal(ExponentialBackoff{100ms, 1.5, 10s}, 3) == 225ms);
}

TEST_CASE("exponential backoff from zero stays zero however large the power") {
    CHECK(nominal(ExponentialBackoff{0s, 100, 60s}, 1'000'000) == 0s);
}

TEST_CASE("a backoff whose cap is below its first delay gives the cap") {
    CHECK(nominal(LinearBackoff{10s, 1s, 5s}, 1) == 5s);
    CHECK(nominal(ExponentialBackoff{10s, 2, 5s}, 1) == 5s);
}

TEST_CASE("a backoff never falls, never exceeds its cap and never overflows") {
    CHECK(rc::check("for any settings and retry", [] {
        const Backoff backoff = any_backoff();
        const auto retry = *rc::gen::inRange<std::uint32_t>(1, std::numeric_limits<std::uint32_t>::max());
        const Duration delay = nominal(backoff, retry);
        RC_ASSERT(delay >= 0s);
        RC_ASSERT(delay <= cap(backoff));
        RC_ASSERT(delay >= nominal(backoff, 1));
        RC_ASSERT(nominal(backoff, retry + 1) >= delay);
    }));
}

TEST_CASE("a cap below the first delay is a mistake") {
    CHECK(Complaints::about(LinearBackoff{10s, 1s, 5s}) == std::vector<std::string>{"max"});
    CHECK(Complaints::about(ExponentialBackoff{10s, 2, 5s}) == std::vector<std::string>{"max"});
    CHECK(Complaints::about(LinearBackoff{}).empty());
    CHECK(Complaints::about(ExponentialBackoff{}).empty());
}
