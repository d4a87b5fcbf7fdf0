/// Support, mean and edge cases of the jitters that libraries brought in.

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "policies/jitter/jitter.hpp"
#include "tests/policies/support/jitter.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;

namespace {

constexpr DelayRequest ten_seconds{.nominal = 10s, .base = 1s, .previous = 10s, .cap = 60s};

Jitter any_jitter() {
    const Jitter all[] = {NoJitter{},
                          ProportionalJitter{0.5, 1ms},
                          AbsoluteJitter{1s},
                          FullJitter{},
                          EqualJitter{},
                          DecorrelatedJitter{},
                          DecorrelatedJitter{true},
                          DecorrelatedV2Jitter{},
                          LognormalJitter{},
                          RangeJitter{},
                          EnvoyJitter{},
                          GrpcJitter{},
                          FinagleJitter{}};
    return all[*rc::gen::inRange<std::size_t>(0, std::size(all))];
}

}  // namespace

TEST_CASE("no jitter is ever below zero, and those that are capped by themselves never exceed the cap") {
    CHECK(rc::check("for any jitter, request and stream", [](std::uint64_t seed) {
        Stream stream{seed};
        const Jitter jitter = any_jitter();
        DelayRequest request = any_request();
        JitterMemory memory = 0;
        for (request.step = 1; request.step <= 12; ++request.step) {
            const Duration delay = draw(jitter, request, memory, stream);
            RC_ASSERT(delay >= 0s);
            const bool may_exceed = std::holds_alternative<ProportionalJitter>(jitter) ||
                                    std::holds_alternative<AbsoluteJitter>(jitter) ||
                                    std::holds_alternative<GrpcJitter>(jitter);
            RC_ASSERT((may_exceed || delay <= request.cap));
            request.previous = delay;
        }
    }));
}

TEST_CASE("a jitter takes at most one draw, so that streams stay aligned between compared variants") {
    CHECK(rc::check("for any jitter and request", [](std::uint64_t seed) {
        Stream stream{seed};
        (void)draw(any_jitter(), any_request(), stream);
        Stream one{seed};
        (void)one.bits();
        RC_ASSERT((stream == Stream{seed} || stream == one));
    }));
}

TEST_CASE("absolute jitter deviates by its spread, and not below zero") {
    const Spread s = spread(AbsoluteJitter{2s}, ten_seconds);
    CHECK(s.least == Approx(8).margin(0.01));
    CHECK(s.most == Approx(12).margin(0.01));
    CHECK(s.mean == Approx(10).margin(0.04));
    CHECK(spread(AbsoluteJitter{20s}, ten_seconds).least == 0);
}

TEST_CASE("gRPC's jitter is a fifth either way") {
    const Spread s = spread(GrpcJitter{}, ten_seconds);
    CHECK(s.least == Approx(8).margin(0.01));
    CHECK(s.most == Approx(12).margin(0.01));
    CHECK(s.mean == Approx(10).margin(0.04));
}

TEST_CASE("Envoy's jitter is a whole number of milliseconds below the delay") {
    CHECK(rc::check("for any request", [](std::uint64_t seed) {
        Stream stream{seed};
        const DelayRequest request = any_request();
        const Duration delay = draw(EnvoyJitter{}, request, stream);
        RC_ASSERT(delay % 1ms == 0ns);
        RC_ASSERT((delay < request.nominal || delay == 0ns));
    }));
    const Spread s = spread(EnvoyJitter{}, {.nominal = 25ms, .base = 25ms, .previous = 25ms, .cap = 250ms});
    CHECK(s.least == 0);
    CHECK(s.most == 0.024);
    CHECK(s.mean == Approx(0.012).margin(0.0003));
}

TEST_CASE("resilience4j's randomised interval is whole milliseconds, both ends included, at least one") {
    const Spread s = spread(ProportionalJitter{0.5, 1ms}, {.nominal = 4ms, .base = 4ms, .previous = 4ms, .cap = 1s});
    CHECK(s.least == 0.002);
    CHECK(s.most == 0.006);
    CHECK(s.mean == Approx(0.004).margin(0.0001));
    CHECK(spread(ProportionalJitter{1, 1ms}, {.nominal = 1ms, .base = 1ms, .previous = 1ms, .cap = 1s}).least == 0.001);
}

TEST_CASE("log-normal jitter has the nominal delay as its median, and its sigma") {
    Stream stream{5};
    const LognormalJitter jitter{0.3};
    int above = 0;
    double sum = 0;
    double squares = 0;
    constexpr int n = 20'000;
    for (int i = 0; i < n; ++i) {
        const double log =
            std::log(to_seconds(draw(jitter, {.nominal = 10s, .base = 0s, .previous = 0s, .cap = 24h}, stream)) / 10);
        above += log > 0 ? 1 : 0;
        sum += log;
        squares += log * log;
    }
    CHECK(above / double{n} == Approx(0.5).margin(0.018));
    CHECK(sum / n == Approx(0).margin(0.011));
    CHECK(std::sqrt(squares / n) == Approx(0.3).margin(0.008));
}

TEST_CASE("google-cloud-cpp's ranges touch, and the last ends at the cap") {
    Spread s = spread(RangeJitter{2}, {.nominal = 10s, .base = 1s, .previous = 1s, .cap = 60s});
    CHECK(s.least == Approx(10).margin(0.01));
    CHECK(s.most == Approx(20).margin(0.01));
    s = spread(RangeJitter{2}, {.nominal = 40s, .base = 1s, .previous = 1s, .cap = 60s});
    CHECK(s.least == Approx(30).margin(0.01));
    CHECK(s.most == Approx(60).margin(0.01));
    CHECK(s.mean == Approx(45).margin(0.3));
}

TEST_CASE("Finagle's decorrelated jitter never falls below the delay before") {
    const Spread s = spread(DecorrelatedJitter{true}, ten_seconds);
    CHECK(s.least == Approx(10).margin(0.01));
    CHECK(s.most == Approx(30).margin(0.01));
}

TEST_CASE("Finagle's exponentialJittered begins with the base and reaches up to 2^(n-1) times the delay before") {
    Stream stream{1};
    CHECK(draw(FinagleJitter{}, {.nominal = 5s, .base = 5s, .previous = 5s, .cap = 120s, .step = 1}, stream) == 5s);
    const Spread s = spread(FinagleJitter{}, {.nominal = 5s, .base = 5s, .previous = 5s, .cap = 120s, .step = 3});
    CHECK(s.least == Approx(0).margin(0.01));
    CHECK(s.most == Approx(20).margin(0.01));
}

TEST_CASE("Polly's V2 delays add up to a smooth curve: base / 1.4 · p(t), wherever the draws fell") {
    CHECK(rc::check("for any stream", [](std::uint64_t seed) {
        Stream stream{seed};
        Stream same{seed};
        JitterMemory memory = 0;
        double sum = 0;
        for (std::uint32_t step = 1; step <= 8; ++step) {
            const DelayRequest request{.nominal = 1s, .base = 1s, .previous = 1s, .cap = 24h, .step = step};
            sum += to_seconds(draw(DecorrelatedV2Jitter{}, request, memory, stream));
            const double t = step - 1 + same.uniform();
            RC_ASSERT(std::abs(sum - std::pow(2, t) * std::tanh(std::sqrt(4 * t)) / 1.4) < 1e-6 * std::pow(2, t));
        }
    }));
}

TEST_CASE("Polly's first V2 delay has about the base as its mean") {
    CHECK(spread(DecorrelatedV2Jitter{}, {.nominal = 1s, .base = 1s, .previous = 1s, .cap = 60s}).mean ==
          Approx(0.9).margin(0.1));
}
