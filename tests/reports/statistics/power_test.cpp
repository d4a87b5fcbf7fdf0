#include "reports/statistics/power.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace stampede::reports;

TEST_CASE("power is that of R's power.t.test") {
    // R 4.2.2: power.t.test(n, delta = 1, sd = 1, type = "paired", strict = TRUE)$power
    CHECK(power_of_t(1, 5) == Approx(0.4013899174).epsilon(1e-8));
    CHECK(power_of_t(1, 10) == Approx(0.8030968566).epsilon(1e-8));
    CHECK(power_of_t(-1, 20) == Approx(0.9885912948).epsilon(1e-8));
    CHECK(power_of_t(0, 10) == Approx(0.05).epsilon(1e-8));
    CHECK(power_of_t(1e6, 10) == 1);
}

TEST_CASE("as many seeds are asked for as R's power.t.test says, rounded up") {
    // R 4.2.2: power.t.test(delta, sd = 1, power = 0.8, type = "paired", strict = TRUE)$n is 198.15, 33.37, 14.30,
    // 9.94, 4.22; with sig.level = 0.05 / 6 it is 306.22, 51.95, 22.46, 15.66, 6.54.
    const double effects[] = {0.2, 0.5, 0.8, 1, 2};
    const std::size_t alone[] = {199, 34, 15, 10, 5};
    const std::size_t among_six[] = {307, 52, 23, 16, 7};
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(seeds_for(effects[i]) == alone[i]);
        CHECK(seeds_for(-effects[i], 0.05 / 6) == among_six[i]);
    }
}

TEST_CASE("two seeds are always asked for, and never more than anyone would run") {
    CHECK(seeds_for(1e9) == 2);
    CHECK(seeds_for(INFINITY) == 2);
    CHECK_FALSE(seeds_for(0.001));
    CHECK_FALSE(seeds_for(0));
    CHECK_FALSE(seeds_for(NAN));
}
