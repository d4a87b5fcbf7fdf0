#include "reports/statistics/unpaired.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <vector>

using namespace stampede::reports;

namespace {
constexpr double never = std::numeric_limits<double>::infinity();
}

TEST_CASE("Welch's test gives the numbers of R's t.test") {
    const std::vector<double> a{3.1, 2.7, 4.0, 3.3, 2.9, 3.6, 3.0};
    const std::vector<double> b{3.9, 4.4, 3.7, 5.1, 4.2};
    const UnpairedDifference d = unpaired_difference(a, b);
    CHECK(d.test == UnpairedTest::welch);
    CHECK(d.difference == Approx(4.26 - 3.22857142857142865).epsilon(1e-12));
    CHECK(d.p == Approx(0.00876152635552173).epsilon(1e-9));
    CHECK(d.lo == Approx(0.34527559444835654).epsilon(1e-9));
    CHECK(d.hi == Approx(1.71758154840878552).epsilon(1e-9));
    CHECK(d.sign == 1);
    CHECK(unpaired_difference(b, a).sign == -1);
}

TEST_CASE("rank sums give the numbers of R's wilcox.test") {
    const RankSum untied =
        rank_sum(std::vector{3.1, 2.7, 4.0, 3.3, 2.9, 3.6, 3.0}, std::vector{3.9, 4.4, 3.7, 5.1, 4.2});
    CHECK(untied.u == 33);
    CHECK(untied.p == Approx(0.0101010101010101).epsilon(1e-12));
    std::vector<double> first(40);
    std::vector<double> second(35);
    for (std::size_t i = 0; i < first.size(); ++i) first[i] = static_cast<double>(i + 1) * 1.1;
    for (std::size_t i = 0; i < second.size(); ++i) second[i] = static_cast<double>(i + 1) * 1.3 + 3.05;
    CHECK(rank_sum(first, second).u == 817);
    CHECK(rank_sum(first, second).p == Approx(0.216006684563952).epsilon(1e-9));
}

TEST_CASE("rank sums with equal values count all ways to deal the ranks") {
    const std::vector<double> a{1, 2, 2, 3, 5, 5, 8};
    const std::vector<double> b{2, 4, 5, 6, 6, 9, 9, 10};
    CHECK(rank_sum(a, b).u == 44);
    CHECK(rank_sum(a, b).p == Approx(0.06495726495726496).epsilon(1e-12));  // of 6435 ways, enumerated one by one
    CHECK(rank_sum(std::vector<double>(4, 1.0), std::vector<double>(4, 1.0)).p == 1);
    CHECK(rank_sum(std::vector<double>(40, 1.0), std::vector<double>(40, 1.0)).p == 1);
}

TEST_CASE("never is larger than every number and has no mean") {
    const UnpairedDifference d = unpaired_difference(std::vector{1.0, 2.0, 3.0, 4.0}, std::vector<double>(4, never));
    CHECK(d.test == UnpairedTest::rank_sum);
    CHECK(d.difference != d.difference);
    CHECK(d.p == Approx(2.0 / 70));
    CHECK(d.sign == 1);
}

TEST_CASE("two samples without a spread are told apart by their ranks") {
    const UnpairedDifference d = unpaired_difference(std::vector<double>(5, 2.0), std::vector<double>(5, 1.0));
    CHECK(d.test == UnpairedTest::rank_sum);
    CHECK(d.lo == -1);
    CHECK(d.hi == -1);
    CHECK(d.sign == -1);
}

TEST_CASE("one value on a side shows nothing") {
    const UnpairedDifference d = unpaired_difference(std::vector{1.0}, std::vector{5.0, 6.0, no_value});
    CHECK(d.test == UnpairedTest::none);
    CHECK(d.difference == Approx(4.5));
    CHECK(d.sign == 0);
}
