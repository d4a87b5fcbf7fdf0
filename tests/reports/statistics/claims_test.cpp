/// How often the rule of docs/statistics.md is wrong, and how often it sees what is there; by simulation.

#include <boost/math/distributions/normal.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "policies/random/stream.hpp"
#include "reports/statistics/paired.hpp"

using namespace stampede;
using namespace stampede::reports;

namespace {

constexpr int trials = 2000;

/// A metric around 100 with a spread of 10 % from seed to seed, of which half is common to both variants.
struct Draw {
    Stream stream;

    double normal() { return boost::math::quantile(boost::math::normal{}, stream.uniform()); }

    PairedDifference compare(std::size_t seeds, double difference) {
        std::vector<double> first;
        std::vector<double> second;
        for (std::size_t i = 0; i < seeds; ++i) {
            const double common = normal();
            first.push_back(100 + (common + normal()) * 10 / std::sqrt(2.0));
            second.push_back(100 + difference + (common + normal()) * 10 / std::sqrt(2.0));
        }
        return paired_difference(first, second);
    }
};

double share_of_claims(std::size_t seeds, double difference) {
    Draw draw{Stream::of(seeds, 0, 1)};
    int claims = 0;
    for (int trial = 0; trial < trials; ++trial) claims += draw.compare(seeds, difference).sign != 0 ? 1 : 0;
    return static_cast<double>(claims) / trials;
}

}  // namespace

TEST_CASE("variants that do not differ are said to in 5 % of 2,000 trials") {
    for (std::size_t seeds : {3U, 5U, 10U, 20U}) CHECK(share_of_claims(seeds, 0) == Approx(0.05).margin(0.015));
}

TEST_CASE("variants that recover or not by chance alone are said to differ in no more than 5 % of 2,000 trials") {
    for (std::size_t seeds : {6U, 10U, 20U}) {
        Draw draw{Stream::of(seeds, 0, 3)};
        const auto recovery = [&] { return draw.stream.uniform() < 0.3 ? INFINITY : 10 + draw.normal(); };
        int claims = 0;
        for (int trial = 0; trial < trials; ++trial) {
            std::vector<double> first;
            std::vector<double> second;
            for (std::size_t i = 0; i < seeds; ++i) {
                first.push_back(recovery());
                second.push_back(recovery());
            }
            claims += paired_difference(first, second).sign != 0 ? 1 : 0;
        }
        CHECK(static_cast<double>(claims) / trials < 0.065);
        CHECK(claims > 0);
    }
}

TEST_CASE("among six comparisons that do not differ any is claimed in at most 5 % of 2,000 trials") {
    Draw draw{Stream::of(10, 0, 2)};
    int trials_with_claims = 0;
    for (int trial = 0; trial < trials; ++trial) {
        std::vector<PairedDifference> all;
        for (int i = 0; i < 6; ++i) all.push_back(draw.compare(10, 0));
        std::vector<PairedDifference*> family;
        bool has_claim = false;
        for (PairedDifference& each : all) family.push_back(&each);
        correct(family);
        for (const PairedDifference& each : all) has_claim |= each.sign != 0;
        trials_with_claims += has_claim ? 1 : 0;
    }
    CHECK(static_cast<double>(trials_with_claims) / trials < 0.065);
    CHECK(trials_with_claims > 0);
}

TEST_CASE("a difference of 10 % is seen as docs/statistics.md states") {
    // R: power.t.test(n, delta = 1, sd = 1, type = "paired"): 0.803 with 10 pairs, 0.989 with 20.
    CHECK(share_of_claims(10, 10) == Approx(0.803).margin(0.03));
    CHECK(share_of_claims(20, 10) == Approx(0.989).margin(0.015));
}
