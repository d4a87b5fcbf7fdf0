#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "policies/jitter/jitter.hpp"
#include "tests/policies/support/jitter.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;

TEST_CASE("equal jitter lies between half the nominal delay and all of it") {
    CHECK(rc::check("for any request", [](std::uint64_t seed) {
        Stream stream{seed};
        const DelayRequest request = any_request();
        const Duration delay = draw(EqualJitter{}, request, stream);
        RC_ASSERT(delay >= request.nominal / 2);
        RC_ASSERT(delay <= request.nominal);
    }));
}

TEST_CASE("equal jitter fills its range evenly") {
    const Spread s = spread(EqualJitter{}, {.nominal = 10s, .base = 1s, .previous = 1s, .cap = 10s});
    CHECK(s.least == Approx(5).margin(0.01));
    CHECK(s.most == Approx(10).margin(0.01));
    CHECK(s.mean == Approx(7.5).margin(0.06));  // 5 standard errors
}
