#include "reports/statistics/bootstrap.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

using namespace stampede::reports;

namespace {

const std::vector<double> a{125.3, 101.0, 117.2, 133.7, 96.4, 118.2, 119.3, 97.4, 65.3, 108.1};
const std::vector<double> b{127.3, 120.2, 126.2, 125.4, 115.1, 118.5, 135.5, 118.2, 95.1, 104.9};

double sum(const std::vector<double>& values, std::span<const std::size_t> seeds) {
    double total = 0;
    for (std::size_t seed : seeds) total += values[seed];
    return total;
}

}  // namespace

TEST_CASE("intervals are those of R's boot.ci, but for what chance draws") {
    // boot(…, R = 200000), type = "bca": the ratio of means is in 1.0286 to 1.1829; of 20,000: 1.0277 to 1.1830.
    const Interval ratio = bca_interval(10, [](auto seeds) { return sum(b, seeds) / sum(a, seeds); });
    CHECK(ratio.lo == Approx(1.0286).margin(0.003));
    CHECK(ratio.hi == Approx(1.1829).margin(0.006));
    // The mean difference is in 2.97 to 17.61 (20,000 resamples).
    const Interval mean = bca_interval(10, [](auto seeds) { return (sum(b, seeds) - sum(a, seeds)) / 10; });
    CHECK(mean.lo == Approx(2.97).margin(0.35));
    CHECK(mean.hi == Approx(17.61).margin(0.35));
}

TEST_CASE("equal samples give equal intervals, and no spread gives no width") {
    const auto statistic = [](auto seeds) { return sum(a, seeds); };
    CHECK(bca_interval(10, statistic).lo == bca_interval(10, statistic).lo);
    const Interval point = bca_interval(5, [](auto) { return 3.0; });
    CHECK(point.lo == 3);
    CHECK(point.hi == 3);
}

TEST_CASE("nothing is claimed of one seed, or where a resample has no value") {
    CHECK(std::isnan(bca_interval(1, [](auto) { return 1.0; }).lo));
    CHECK(std::isnan(bca_interval(3, [](auto seeds) { return 1.0 / static_cast<double>(seeds[0]); }).hi));
}
