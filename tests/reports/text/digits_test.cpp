#include "reports/text/digits.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using stampede::reports::six_digits;

TEST_CASE("six digits are kept") {
    CHECK(six_digits(499.3333333333333) == 499.333);
    CHECK(six_digits(-0.0123456789) == -0.0123457);
    CHECK(six_digits(1234567) == 1234570);
    CHECK(six_digits(0) == 0);
}

TEST_CASE("what is no number stays so") {
    CHECK(std::isnan(six_digits(std::numeric_limits<double>::quiet_NaN())));
    CHECK(six_digits(std::numeric_limits<double>::infinity()) == std::numeric_limits<double>::infinity());
}

TEST_CASE("rounding twice is rounding once, and moves a number by less than a part in 100,000") {
    CHECK(rc::check("every double of ordinary size", [](std::int32_t mantissa, std::uint8_t power) {
        const double value = mantissa * std::pow(2.0, power % 60 - 30);
        RC_ASSERT(six_digits(six_digits(value)) == six_digits(value));
        RC_ASSERT(std::abs(six_digits(value) - value) <= 1e-5 * std::abs(value));
    }));
}
