#include "reports/statistics/sample.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/measure/result.hpp"

using namespace stampede;
using namespace stampede::reports;

namespace {

/// "Student" (W. Gosset), "The Probable Error of a Mean", Biometrika 6 (1908): hours of sleep gained with the first
/// drug. In R: sleep$extra[1:10].
const std::vector<double> sleep_gained = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};

}  // namespace

TEST_CASE("mean and interval of Student's sleep data") {
    // R: t.test(sleep$extra[1:10]) gives 0.75 and -0.5297804 to 2.0297804.
    const Estimate e = estimate(sleep_gained);
    CHECK(e.count == 10);
    CHECK(e.mean == Approx(0.75));
    CHECK(e.lo == Approx(-0.5297804).epsilon(1e-6));
    CHECK(e.hi == Approx(2.0297804).epsilon(1e-6));
    CHECK(e.median == Approx(0.35));
}

TEST_CASE("quantiles are those of R's default") {
    // R: quantile(1:4, c(0.25, 0.5, 0.95)) gives 1.75, 2.5, 3.85.
    const std::vector<double> x{1, 2, 3, 4};
    CHECK(quantile(x, 0.25) == Approx(1.75));
    CHECK(quantile(x, 0.5) == Approx(2.5));
    CHECK(quantile(x, 0.95) == Approx(3.85));
    CHECK(quantile(x, 0) == 1);
    CHECK(quantile(x, 1) == 4);
    CHECK(std::isnan(quantile({}, 0.5)));
}

TEST_CASE("quantiles of Student's t are those of the table") {
    // NIST/SEMATECH e-Handbook, 1.3.6.7.2: t(0.975) is 12.706 for 1, 2.776 for 4, 2.262 for 9 degrees of freedom.
    CHECK(t_half_width(1, 2) * std::sqrt(2.0) == Approx(12.706).epsilon(1e-4));
    CHECK(t_half_width(1, 5) * std::sqrt(5.0) == Approx(2.776).epsilon(2e-4));
    CHECK(t_half_width(1, 10) * std::sqrt(10.0) == Approx(2.262).epsilon(1e-4));
    CHECK(t_p_value(2.262157, 9) == Approx(0.05).epsilon(1e-5));
}

TEST_CASE("one seed has a mean and no interval") {
    const Estimate e = estimate(std::vector{7.5});
    CHECK(e.mean == 7.5);
    CHECK(e.median == 7.5);
    CHECK_FALSE(e.has_interval());
}

TEST_CASE("no seed has nothing") {
    for (const auto& sample : {std::vector<double>{}, std::vector{no_value, no_value}}) {
        const Estimate e = estimate(sample);
        CHECK_FALSE(e.has_value());
        CHECK_FALSE(e.has_interval());
        CHECK(std::isnan(e.mean));
        CHECK(std::isnan(e.median));
    }
}

TEST_CASE("seeds without a value are left out") {
    const Estimate e = estimate(std::vector{1.0, no_value, 3.0});
    CHECK(e.count == 2);
    CHECK(e.mean == 2);
}

TEST_CASE("never has a place in the order and none in a mean") {
    const Estimate e = estimate(std::vector{sim::never, 2.0, 4.0});
    CHECK(e.nevers == 1);
    CHECK(e.median == 4);
    CHECK(std::isnan(e.mean));
    CHECK_FALSE(e.has_interval());
    CHECK(estimate(std::vector{sim::never, sim::never, 1.0}).median == sim::never);
    CHECK(quantile(sorted_values(std::vector{sim::never, sim::never}), 0.5) == sim::never);
}

TEST_CASE("equal values have an interval of no width") {
    // 0.1 has no exact sum: the mean must be 0.1 nevertheless.
    const Estimate e = estimate(std::vector<double>(7, 0.1));
    CHECK(e.mean == 0.1);
    CHECK(e.lo == 0.1);
    CHECK(e.hi == 0.1);
}

TEST_CASE("the interval moves and stretches with its sample, and does not mind the order") {
    CHECK(rc::check("affine", [] {
        const auto raw = *rc::gen::suchThat(rc::gen::container<std::vector<int>>(rc::gen::inRange(-1000, 1000)),
                                            [](const auto& v) { return v.size() >= 2 && v.size() < 50; });
        const int shift = *rc::gen::inRange(-500, 500);
        const int stretch = *rc::gen::inRange(1, 20);
        std::vector<double> x(raw.begin(), raw.end());
        std::vector<double> y(x);
        for (double& v : y) v = stretch * v + shift;
        std::reverse(y.begin(), y.end());
        const Estimate a = estimate(x);
        const Estimate b = estimate(y);
        RC_ASSERT(std::abs(b.lo - (stretch * a.lo + shift)) < 1e-6);
        RC_ASSERT(std::abs(b.hi - (stretch * a.hi + shift)) < 1e-6);
        RC_ASSERT(a.lo <= a.mean && a.mean <= a.hi);
    }));
}
