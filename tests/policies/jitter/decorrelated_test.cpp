#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "policies/jitter/jitter.hpp"
#include "tests/policies/support/jitter.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;

TEST_CASE("decorrelated jitter lies between the base and three times the delay before, at most at the cap") {
    CHECK(rc::check("for any request", [](std::uint64_t seed) {
        Stream stream{seed};
        const DelayRequest request = any_request();
        const Duration delay = draw(DecorrelatedJitter{}, request, stream);
        RC_ASSERT(delay >= request.base);
        RC_ASSERT(delay <= std::max(request.base, 3 * request.previous));
        RC_ASSERT(delay <= request.cap);
    }));
}

TEST_CASE("decorrelated jitter fills its range evenly") {
    const Spread s = spread(DecorrelatedJitter{}, {.nominal = 9s, .base = 1s, .previous = 3s, .cap = 60s});
    CHECK(s.least == Approx(1).margin(0.01));
    CHECK(s.most == Approx(9).margin(0.01));
    CHECK(s.mean == Approx(5).margin(0.09));  // 5 standard errors
}

TEST_CASE("decorrelated jitter with a cap below the base gives the cap") {
    Stream stream{1};
    CHECK(draw(DecorrelatedJitter{}, {.nominal = 1s, .base = 5s, .previous = 1s, .cap = 1s}, stream) == 1s);
}

TEST_CASE("decorrelated jitter of the longest delays does not overflow") {
    Stream stream{1};
    const DelayRequest request{.nominal = longest, .base = longest, .previous = Duration::max(), .cap = longest};
    CHECK(draw(DecorrelatedJitter{}, request, stream) == longest);
}
