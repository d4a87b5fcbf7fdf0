#include "reports/statistics/bootstrap.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "reports/statistics/sample.hpp"

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
    // R 4.2.2, boot 1.3-28.1: boot.ci(boot(data, statistic, R = 100000), type = "bca") after set.seed(1), (2), (3).
    // The ratio of means, sum(b[i]) / sum(a[i]): 1.0284 to 1.1829, 1.0287 to 1.1837, 1.0278 to 1.1822.
    const Interval ratio = bca_interval(10, [](auto seeds) { return sum(b, seeds) / sum(a, seeds); });
    CHECK(ratio.lo == Approx(1.0286).margin(0.003));
    CHECK(ratio.hi == Approx(1.1829).margin(0.006));
    // The mean difference: 3.12 to 17.59, 3.17 to 17.65, 3.05 to 17.54.
    const Interval mean = bca_interval(10, [](auto seeds) { return (sum(b, seeds) - sum(a, seeds)) / 10; });
    CHECK(mean.lo == Approx(3.11).margin(0.35));
    CHECK(mean.hi == Approx(17.59).margin(0.35));
}

TEST_CASE("intervals of skewed samples and of quantiles are those of R's boot.ci") {
    // As above. mean(sleep$extra[1:10]): -0.20 to 1.92; the mean, median and 90 % quantile of y: 1.41 to 3.82,
    // 0.8 to 2.9, 2.2 to 7.5. The last two fall on values of the sample. R counts resamples that equal the observed
    // value as above it, we half of them as below: our bounds may lie one step between values further up.
    const std::vector<double> sleep{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
    const Interval gained = bca_interval(10, [&](auto seeds) { return sum(sleep, seeds) / 10; });
    CHECK(gained.lo == Approx(-0.20).margin(0.05));
    CHECK(gained.hi == Approx(1.92).margin(0.05));
    const std::vector<double> y{1.2, 0.4, 3.3, 0.9, 2.2, 7.5, 1.1, 0.6, 2.9, 1.7, 4.4, 0.8};
    const Interval mean = bca_interval(12, [&](auto seeds) { return sum(y, seeds) / 12; });
    CHECK(mean.lo == Approx(1.41).margin(0.05));
    CHECK(mean.hi == Approx(3.82).margin(0.12));
    const auto quantile_of = [&](double p) {
        return bca_interval(12, [&y, p](auto seeds) {
            std::vector<double> drawn;
            for (std::size_t seed : seeds) drawn.push_back(y[seed]);
            return quantile(sorted_values(drawn), p);
        });
    };
    CHECK(quantile_of(0.5).lo == Approx(0.8).margin(0.06));
    CHECK(quantile_of(0.5).hi >= 2.9);
    CHECK(quantile_of(0.5).hi <= 3.3);
    CHECK(quantile_of(0.9).lo >= 2.2);
    CHECK(quantile_of(0.9).lo <= 2.9);
    CHECK(quantile_of(0.9).hi == Approx(7.5).margin(0.06));
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
