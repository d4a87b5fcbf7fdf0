#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "policies/jitter/jitter.hpp"
#include "tests/policies/support/jitter.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;

TEST_CASE("full jitter lies between nothing and the nominal delay") {
    CHECK(rc::check("for any request", [](std::uint64_t seed) {
        Stream stream{seed};
        const DelayRequest request = any_request();
        const Duration delay = draw(FullJitter{}, request, stream);
        RC_ASSERT(delay >= 0s);
        RC_ASSERT(delay <= request.nominal);
    }));
}

TEST_CASE("full jitter fills its range evenly") {
    const Spread s = spread(FullJitter{}, {.nominal = 10s, .base = 1s, .previous = 1s, .cap = 10s});
    CHECK(s.least == Approx(0).margin(0.01));
    CHECK(s.most == Approx(10).margin(0.01));
    CHECK(s.mean == Approx(5).margin(0.11));  // 5 standard errors
}

TEST_CASE("full jitter of the longest delay does not overflow") {
    Stream stream{1};
    for (int i = 0; i < 1000; ++i)
        CHECK(draw(FullJitter{}, {.nominal = Duration::max(), .base = 1s, .previous = 1s, .cap = longest}, stream) <=
              longest);
}
