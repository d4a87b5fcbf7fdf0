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
    switch (*rc::gen::inRange(0, 5)) {
        case 0:
            return ConstantBackoff{a};
        case 1:
            return LinearBackoff{std::min(a, b), any_duration(), std::max(a, b)};
        case 2:
            return FibonacciBackoff{std::min(a, b), std::max(a, b)};
        case 3:
            return ExponentialBackoff{std::min(a, b), 1.5, std::max(a, b), 1ms};
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

TEST_CASE("fibonacci backoff adds the two delays before, up to its cap") {
    const Backoff backoff = FibonacciBackoff{100ms, 1s};
    const Duration expected[] = {100ms, 100ms, 200ms, 300ms, 500ms, 800ms, 1s, 1s};
    for (std::uint32_t n = 1; n <= 8; ++n) CHECK(nominal(backoff, n) == expected[n - 1]);
    CHECK(uncapped(backoff, 7) == 1300ms);
    CHECK(nominal(FibonacciBackoff{0s, 1s}, 1'000'000'000) == 0s);
}

TEST_CASE("a table gives its delays, then the last of them again and again") {
    const Backoff backoff = TableBackoff{{1s, 5s, 2s}};
    CHECK(nominal(backoff, 1) == 1s);
    CHECK(nominal(backoff, 2) == 5s);
    CHECK(nominal(backoff, 3) == 2s);
    CHECK(nominal(backoff, 1000) == 2s);
    CHECK(cap(backoff) == 5s);
    CHECK(Complaints::about(TableBackoff{}) == std::vector<std::string>{"delays"});
    CHECK(Complaints::about(TableBackoff{{25h}}) == std::vector<std::string>{"delays"});
}

TEST_CASE("resilience4j cuts every interval to whole milliseconds before it makes the next from it") {
    const ExponentialBackoff backoff{5ms, 1.5, 1s, 1ms};
    const Duration expected[] = {5ms, 7ms, 10ms, 15ms, 22ms, 33ms};  // 7.5, 10.5, 15, 22.5, 33
    for (std::uint32_t n = 1; n <= 6; ++n) CHECK(nominal(backoff, n) == expected[n - 1]);
    CHECK(nominal(ExponentialBackoff{1ms, 1.5, 1s, 1ms}, 50) == 1ms);  // 1.5 is cut to 1 for ever
}

TEST_CASE("without its cap a backoff goes on growing, and never overflows") {
    CHECK(uncapped(ExponentialBackoff{100ms, 2, 1s}, 6) == 3200ms);
    CHECK(uncapped(LinearBackoff{100ms, 50ms, 220ms}, 5) == 300ms);
    CHECK(uncapped(ExponentialBackoff{1s, 100, 60s}, 1'000'000) == longest);
    CHECK(uncapped(ConstantBackoff{1s}, 9) == 1s);
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
