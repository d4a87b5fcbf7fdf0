#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <vector>

#include "policies/latency/average.hpp"
#include "policies/latency/sketch.hpp"
#include "policies/random/distributions.hpp"
#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

TEST_CASE("a quantile of the sketch is within a sixteenth of the truth") {
    Stream random{7};
    LatencySketch sketch;
    std::vector<double> all;
    for (int i = 0; i < 20'000; ++i) {
        all.push_back(lognormal(random, -4, 1.2));
        sketch.add(Instant{}, from_seconds(all.back()));
    }
    std::sort(all.begin(), all.end());
    for (const double share : {0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999}) {
        const double exact = all[static_cast<std::size_t>(share * static_cast<double>(all.size()))];
        CHECK(to_seconds(sketch.quantile(share)) == Approx(exact).epsilon(1.0 / 16));
    }
}

TEST_CASE("any latency that can be is counted, and the quantiles rise") {
    CHECK(rc::check("for any latencies", [] {
        LatencySketch sketch;
        const auto latencies = *rc::gen::nonEmpty(
            rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 50)));
        for (const std::int64_t ns : latencies) sketch.add(Instant{}, Duration{ns});
        RC_ASSERT(sketch.weight() == static_cast<double>(latencies.size()));
        Duration last{};
        for (const double share : {0.0, 0.2, 0.5, 0.8, 1.0}) {
            RC_ASSERT(sketch.quantile(share) >= last);
            last = sketch.quantile(share);
        }
    }));
}

TEST_CASE("what is old is forgotten: it counts half after every half-life") {
    LatencySketch sketch{10s};
    for (int i = 0; i < 400; ++i) sketch.add(Instant{1s}, 100ms);
    for (int i = 0; i < 100; ++i) sketch.add(Instant{31s}, 1s);
    CHECK(sketch.weight() == 150);
    CHECK(to_seconds(sketch.quantile(0.3)) == Approx(0.1).epsilon(1.0 / 16));
    CHECK(to_seconds(sketch.quantile(0.5)) == Approx(1).epsilon(1.0 / 16));
    sketch.add(Instant{24h}, 3s);
    CHECK(sketch.weight() == 1);
    sketch.clear();
    CHECK(sketch.quantile(0.5) == 0s);
}

TEST_CASE("an average is that of the last latencies") {
    CHECK(rc::check("against a list", [] {
        const auto window = *rc::gen::inRange<std::uint32_t>(1, 8);
        LatencyAverage average{window};
        CHECK(average.mean() == 0s);
        std::vector<std::int64_t> all;
        for (int i = 0; i < 30; ++i) {
            all.push_back(*rc::gen::inRange<std::int64_t>(0, 1'000'000'000));
            average.add(Duration{all.back()});
            const auto count = std::min<std::ptrdiff_t>(window, static_cast<std::ptrdiff_t>(all.size()));
            const std::int64_t sum = std::accumulate(all.end() - count, all.end(), std::int64_t{0});
            RC_ASSERT(average.count() == static_cast<std::uint32_t>(count));
            RC_ASSERT(average.mean() == Duration{sum / count});
        }
    }));
}
