#include "reports/ranking.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/made_up.hpp"

using namespace stampede;
using namespace stampede::reports;
using made_up::variant;

namespace {}  // namespace

TEST_CASE("the smallest is best where lower is better, the largest where higher is") {
    for (const auto& [metric, best] : {std::pair{Metric::latency_p99, 0U}, std::pair{Metric::requests_goodput, 1U}}) {
        const auto ranking = rank({variant("a", metric, {1, 1.1, 0.9}), variant("b", metric, {5, 5.2, 4.9})}, metric);
        REQUIRE(ranking);
        CHECK(ranking->best == best);
        CHECK(ranking->standings[best] == Standing::best);
        CHECK(ranking->has_loser());
    }
}

TEST_CASE("what cannot be told from the best is tied with it") {
    const Metric metric = Metric::latency_p99;
    const auto ranking = rank(
        {variant("a", metric, {1, 2, 3}), variant("b", metric, {1.1, 1.8, 3.2}), variant("c", metric, {9, 10, 11.1})},
        metric);
    REQUIRE(ranking);
    CHECK(ranking->standings == std::vector{Standing::best, Standing::tied, Standing::unmarked});
}

TEST_CASE("whoever recovers more often is better, however long it takes") {
    const Metric metric = Metric::recovery_time;
    const auto ranking =
        rank({variant("quick or never", metric, {1, 1, sim::never}), variant("slow", metric, {50, 60, 70})}, metric);
    REQUIRE(ranking);
    CHECK(ranking->best == 1);
}

TEST_CASE("nothing is ranked that has no better, no second seed, no second variant, or no difference") {
    CHECK_FALSE(rank({variant("a", Metric::requests_total, {1, 2}), variant("b", Metric::requests_total, {8, 9})},
                     Metric::requests_total));
    CHECK_FALSE(
        rank({variant("a", Metric::latency_p99, {1}), variant("b", Metric::latency_p99, {2})}, Metric::latency_p99));
    CHECK_FALSE(rank({variant("a", Metric::latency_p99, {1, 2}), variant("b", Metric::latency_p50, {1, 2})},
                     Metric::latency_p99));
    CHECK_FALSE(rank({variant("a", Metric::latency_p99, {1, 2}), variant("b", Metric::latency_p99, {1, 2})},
                     Metric::latency_p99));
}
