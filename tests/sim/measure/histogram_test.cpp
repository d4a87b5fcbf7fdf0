#include "sim/measure/histogram.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace stampede;
using namespace stampede::sim;

namespace {

Histogram of(const std::vector<std::int64_t>& values) {
    Histogram histogram;
    for (const std::int64_t value : values) histogram.add(Duration{value});
    return histogram;
}

/// Durations of every magnitude, from nothing to 146 years.
rc::Gen<std::vector<std::int64_t>> durations() {
    const auto one = rc::gen::map(rc::gen::pair(rc::gen::arbitrary<std::uint64_t>(), rc::gen::inRange(1, 63)),
                                  [](const auto& p) { return static_cast<std::int64_t>(p.first >> p.second); });
    return rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(one));
}

constexpr double shares[] = {0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1.0};

}  // namespace

TEST_CASE("quantiles are within 0.4 % of those of the sorted values") {
    CHECK(rc::check("quantile = sorted[rank]", [] {
        auto values = *durations();
        const Histogram histogram = of(values);
        std::sort(values.begin(), values.end());
        for (const double share : shares) {
            const double wanted = share * static_cast<double>(values.size());
            const auto rank = static_cast<std::size_t>(std::ceil(wanted));
            const double exact = static_cast<double>(values[rank - 1]) * 1e-9;
            RC_ASSERT(std::abs(histogram.quantile_s(share) - exact) <= 0.004 * exact);
        }
    }));
}

TEST_CASE("quantiles never decrease, and never exceed the maximum, which is exact") {
    CHECK(rc::check("monotonic", [] {
        const auto values = *durations();
        const Histogram histogram = of(values);
        const auto longest_value = *std::max_element(values.begin(), values.end());
        RC_ASSERT(histogram.max_s() == static_cast<double>(longest_value) / 1e9);
        double last = 0;
        for (const double share : shares) {
            RC_ASSERT(histogram.quantile_s(share) >= last);
            last = histogram.quantile_s(share);
        }
        RC_ASSERT(last <= histogram.max_s());
    }));
}

TEST_CASE("merging histograms is adding all their values to one") {
    CHECK(rc::check("merge = concatenate", [] {
        const auto a = *durations();
        const auto b = *durations();
        Histogram merged = of(a);
        merged.merge(of(b));
        auto all = a;
        all.insert(all.end(), b.begin(), b.end());
        const Histogram together = of(all);
        RC_ASSERT(merged.total() == together.total());
        RC_ASSERT(merged.max_s() == together.max_s());
        for (const double share : shares) RC_ASSERT(merged.quantile_s(share) == together.quantile_s(share));
    }));
}

TEST_CASE("the shortest and the longest durations have places") {
    CHECK(of({0}).quantile_s(0.5) == 0);
    CHECK(of({1}).quantile_s(0.5) == 1e-9);
    CHECK(of({-5}).max_s() == 0);
    const double longest_s = static_cast<double>(Duration::max().count()) * 1e-9;
    CHECK(of({Duration::max().count()}).quantile_s(1) == Approx(longest_s).epsilon(0.004));
}

TEST_CASE("on both sides of a bucket's edge values are read within 0.4 %") {
    for (int exponent = 0; exponent < 62; ++exponent) {
        for (const std::int64_t offset : {-1, 0, 1}) {
            const std::int64_t value = (std::int64_t{1} << exponent) + offset;
            const double exact = static_cast<double>(value) * 1e-9;
            // A far longer one beside it, so that the maximum does not help.
            CHECK(std::abs(of({value, value, value, Duration::max().count()}).quantile_s(0.5) - exact) <=
                  0.004 * exact);
        }
    }
}
