#include "reports/statistics/paired.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/measure/result.hpp"

using namespace stampede;
using namespace stampede::reports;

namespace {

/// As in sample_test.cpp; in R: sleep$extra, the first and the second drug.
const std::vector<double> first_drug = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
const std::vector<double> second_drug = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

}  // namespace

TEST_CASE("the paired t test of Student's sleep data") {
    // R: t.test(x1, x2, paired = TRUE): t = -4.0621, df = 9, p = 0.002833, -2.4598858 to -0.7001142, mean -1.58.
    const PairedDifference d = paired_difference(first_drug, second_drug);
    CHECK(d.test == Test::t);
    CHECK(d.pairs == 10);
    CHECK(d.difference == Approx(1.58));
    CHECK(d.lo == Approx(0.7001142).epsilon(1e-6));
    CHECK(d.hi == Approx(2.4598858).epsilon(1e-6));
    CHECK(d.p == Approx(0.002833).epsilon(1e-3));
    CHECK(d.sign == 1);
}

TEST_CASE("effect sizes of Student's sleep data") {
    // R: mean(x2 - x1) / sd(x2 - x1) = 1.2845; nine differences go up, none down.
    const PairedDifference d = paired_difference(first_drug, second_drug);
    CHECK(d.effect == Approx(1.2845).epsilon(1e-4));
    CHECK(d.rank_biserial == 1);
}

TEST_CASE("a family of comparisons claims less than each of them alone") {
    // Three comparisons at p = 0.0028, times three: still one. At twenty: no longer.
    for (const auto& [size, sign] : {std::pair{3, 1}, std::pair{20, 0}}) {
        std::vector<PairedDifference> all(static_cast<std::size_t>(size), paired_difference(first_drug, second_drug));
        std::vector<PairedDifference*> family;
        for (PairedDifference& each : all) family.push_back(&each);
        correct(family);
        CHECK(all.front().p_corrected == Approx(all.front().p * size));
        CHECK(all.front().sign == sign);
    }
}

TEST_CASE("one pair shows nothing") {
    const PairedDifference d = paired_difference(std::vector{1.0}, std::vector{5.0});
    CHECK(d.test == Test::none);
    CHECK(d.difference == 4);
    CHECK_FALSE(d.has_interval());
    CHECK(d.sign == 0);
    CHECK(paired_difference({}, {}).pairs == 0);
}

TEST_CASE("an interval that holds zero shows nothing") {
    const PairedDifference d = paired_difference(std::vector{1.0, 2.0, 3.0}, std::vector{1.5, 1.5, 3.1});
    CHECK(d.lo < 0);
    CHECK(d.hi > 0);
    CHECK(d.sign == 0);
}

TEST_CASE("never is more than any number: ranks decide") {
    const std::vector<double> recovers(10, 5.0);
    const PairedDifference worse = paired_difference(recovers, std::vector<double>(10, sim::never));
    CHECK(worse.test == Test::wilcoxon);
    CHECK(worse.sign == 1);
    CHECK(worse.p == Approx(2.0 / 1024));
    CHECK(std::isnan(worse.difference));
    CHECK_FALSE(worse.has_interval());
    CHECK(paired_difference(std::vector<double>(10, sim::never), recovers).sign == -1);
}

TEST_CASE("never against never is a tie") {
    const std::vector<double> lost(10, sim::never);
    const PairedDifference d = paired_difference(lost, lost);
    CHECK(d.sign == 0);
    CHECK(d.p == 1);
}

TEST_CASE("one never among few seeds is no proof") {
    const PairedDifference d =
        paired_difference(std::vector{1.0, 2.0, 3.0, 4.0}, std::vector{2.0, 3.0, 4.0, sim::never});
    CHECK(d.test == Test::wilcoxon);
    CHECK(d.p == Approx(0.125));
    CHECK(d.sign == 0);
}

TEST_CASE("equal differences are shown by their number, not by their lack of variance") {
    const auto shifted = [](std::size_t n) {
        return paired_difference(std::vector<double>(n, 1.0), std::vector<double>(n, 2.0));
    };
    CHECK(shifted(2).sign == 0);
    CHECK(shifted(5).sign == 0);  // 2/32
    CHECK(shifted(6).sign == 1);  // 2/64
    CHECK(shifted(6).lo == 1);
    CHECK(shifted(6).hi == 1);
    CHECK(paired_difference(std::vector<double>(9, 1.0), std::vector<double>(9, 1.0)).sign == 0);
}

TEST_CASE("pairs without a value are left out") {
    const PairedDifference d =
        paired_difference(std::vector{1.0, no_value, 3.0, 4.0}, std::vector{2.0, 5.0, no_value, 5.5});
    CHECK(d.pairs == 2);
    CHECK(d.difference == Approx(1.25));
}

TEST_CASE("swapping the two turns the difference round") {
    CHECK(rc::check("antisymmetric", [] {
        const auto pairs = *rc::gen::suchThat(rc::gen::container<std::vector<std::pair<int, int>>>(
                                                  rc::gen::pair(rc::gen::inRange(-50, 50), rc::gen::inRange(-50, 50))),
                                              [](const auto& v) { return v.size() >= 2; });
        std::vector<double> a;
        std::vector<double> b;
        for (const auto& [x, y] : pairs) {
            a.push_back(x == 49 ? sim::never : x);
            b.push_back(y == 49 ? sim::never : y);
        }
        const PairedDifference there = paired_difference(a, b);
        const PairedDifference back = paired_difference(b, a);
        RC_ASSERT(there.sign == -back.sign);
        RC_ASSERT(there.test == back.test);
        RC_ASSERT(std::abs(there.p - back.p) < 1e-12);
        if (there.test == Test::t) RC_ASSERT((there.sign != 0) == (there.p < 1 - confidence));
    }));
}
