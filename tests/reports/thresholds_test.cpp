#include "reports/thresholds.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/reports/made_up.hpp"

using namespace stampede;
using namespace stampede::reports;
using scenarios::Comparator;
using scenarios::Statistic;

namespace {

bool passes(std::vector<double> per_seed, Statistic statistic, Comparator comparator, double limit) {
    const Summary variant = made_up::variant("v", Metric::recovery_time, per_seed);
    const auto results = check_thresholds(variant, {{"recovery.time", {{"as written", statistic, comparator, limit}}}});
    REQUIRE(results.size() == 1);
    CHECK(results[0].condition == "as written");
    return results[0].passed;
}

}  // namespace

TEST_CASE("statistics over seeds") {
    const std::vector<double> x{4, 1, 3, 2};
    CHECK(statistic_of(Statistic::mean, x) == 2.5);
    CHECK(statistic_of(Statistic::median, x) == 2.5);
    CHECK(statistic_of(Statistic::p95, x) == Approx(3.85));  // R: quantile(1:4, 0.95)
    CHECK(statistic_of(Statistic::min, x) == 1);
    CHECK(statistic_of(Statistic::max, x) == 4);
    CHECK(std::isnan(statistic_of(Statistic::mean, {no_value})));
}

TEST_CASE("each comparator holds on its side and at its edge as it says") {
    const std::vector<double> five{5, 5};
    CHECK_FALSE(passes(five, Statistic::mean, Comparator::less, 5));
    CHECK(passes(five, Statistic::mean, Comparator::less_equal, 5));
    CHECK_FALSE(passes(five, Statistic::mean, Comparator::greater, 5));
    CHECK(passes(five, Statistic::mean, Comparator::greater_equal, 5));
    CHECK(passes(five, Statistic::mean, Comparator::less, 6));
    CHECK(passes(five, Statistic::mean, Comparator::greater, 4));
}

TEST_CASE("never fails an upper limit in mean and maximum, and leaves the median to the others") {
    const std::vector<double> x{1, 2, sim::never};
    CHECK_FALSE(passes(x, Statistic::mean, Comparator::less, 1e9));
    CHECK_FALSE(passes(x, Statistic::max, Comparator::less, 1e9));
    CHECK_FALSE(passes(x, Statistic::p95, Comparator::less, 1e9));
    CHECK(passes(x, Statistic::median, Comparator::less, 3));
    CHECK(passes(x, Statistic::min, Comparator::less, 3));
}

TEST_CASE("what was not measured was not met") {
    CHECK_FALSE(passes({no_value}, Statistic::mean, Comparator::less, 1e9));
    CHECK_FALSE(passes({}, Statistic::mean, Comparator::greater, -1e9));
    const auto results = check_thresholds(made_up::variant("v", Metric::latency_p50, {1, 2}),
                                          {{"breaker.flaps", {{"< 2", Statistic::mean, Comparator::less, 2}}}});
    REQUIRE(results.size() == 1);
    CHECK(std::isnan(results[0].value));
    CHECK_FALSE(results[0].passed);
}
