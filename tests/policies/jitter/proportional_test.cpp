#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "policies/jitter/jitter.hpp"
#include "tests/policies/support/jitter.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;

TEST_CASE("proportional jitter deviates by at most its factor, also beyond the cap") {
    CHECK(rc::check("for any request", [](std::uint64_t seed) {
        Stream stream{seed};
        const DelayRequest request = any_request();
        const double factor = *rc::gen::inRange(0, 101) / 100.0;
        const double delay = to_seconds(draw(ProportionalJitter{factor}, request, stream));
        const double nominal = to_seconds(request.nominal);
        RC_ASSERT(delay >= nominal * (1 - factor) - 1e-9);
        RC_ASSERT(delay <= nominal * (1 + factor) + 1e-9);
    }));
}

TEST_CASE("proportional jitter reaches both ends and has the nominal delay as its mean") {
    const Spread s = spread(ProportionalJitter{0.1}, {.nominal = 60s, .base = 1s, .previous = 60s, .cap = 60s});
    CHECK(s.least == Approx(54).margin(0.01));
    CHECK(s.most == Approx(66).margin(0.01));
    CHECK(s.mean == Approx(60).margin(0.13));  // 5 standard errors
}

TEST_CASE("proportional jitter without a factor is the nominal delay") {
    Stream stream{1};
    CHECK(draw(ProportionalJitter{0}, {.nominal = 123ms, .base = 1s, .previous = 1s, .cap = 1s}, stream) == 123ms);
}
