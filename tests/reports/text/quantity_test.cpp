#include "reports/text/quantity.hpp"

#include <catch2/catch.hpp>

#include "sim/measure/result.hpp"

using namespace stampede;
using namespace stampede::reports;

TEST_CASE("numbers have three digits and their unit") {
    CHECK(readable(12.345, Unit::seconds) == "12.3 s");
    CHECK(readable(0.45, Unit::seconds) == "450 ms");
    CHECK(readable(0.0213, Unit::seconds) == "21.3 ms");
    CHECK(readable(2e-5, Unit::seconds) == "20.0 µs");
    CHECK(readable(0, Unit::seconds) == "0.00 s");
    CHECK(readable(3600, Unit::seconds) == "60.0 min");
    CHECK(readable(90000, Unit::seconds) == "25.0 h");
    CHECK(readable(0.934, Unit::share) == "93.4 %");
    CHECK(readable(7.7, Unit::ratio) == "7.70×");
    CHECK(readable(12345, Unit::per_second) == "12.3k/s");
    CHECK(readable(0.25, Unit::per_minute) == "0.250/min");
    CHECK(readable(1234, Unit::count) == "1234");
    CHECK(readable(3, Unit::count) == "3");
    CHECK(readable(3.25, Unit::count) == "3.25");
    CHECK(readable(12345678, Unit::count) == "12.3M");
    CHECK(readable(1, Unit::yes_no) == "yes");
    CHECK(readable(0.00001, Unit::ratio) == "1.0e-05×");
}

TEST_CASE("what is no number has a word") {
    CHECK(readable(sim::never, Unit::seconds) == "never");
    CHECK(readable(no_value, Unit::seconds) == "–");
}

TEST_CASE("an estimate shows half the width of its interval in the mean's scale") {
    CHECK(readable(estimate(std::vector{12.0, 12.6, 12.3}), Unit::seconds) == "12.3 ±0.7 s");
    CHECK(readable(estimate(std::vector{7.5}), Unit::ratio) == "7.50×");
    CHECK(readable(estimate(std::vector<double>(3, 0.1)), Unit::share) == "10.0 ±0 %");
    // A half that would read as zero gets one decimal more: only "±0" is none at all.
    CHECK(readable(estimate(std::vector{0.763, 0.7631, 0.7629}), Unit::share) == "76.3 ±0.02 %");
    CHECK(readable(estimate(std::vector{1e-7, 3e-7}), Unit::share) == "<0.001 %");
}

TEST_CASE("times that never came, and yes and no, are counted") {
    CHECK(readable(estimate(std::vector{1.0, sim::never, sim::never}), Unit::seconds) == "never 2/3");
    CHECK(readable(estimate(std::vector{sim::never, sim::never}), Unit::seconds) == "never");
    CHECK(readable(estimate(std::vector{1.0, 0.0, 0.0, 1.0}), Unit::yes_no) == "yes 2/4");
    CHECK(readable(estimate(std::vector{0.0, 0.0}), Unit::yes_no) == "no");
    CHECK(readable(Estimate{}, Unit::seconds) == "–");
}

TEST_CASE("shares differ by percentage points") {
    CHECK(readable_difference(0.145, 0.004, Unit::share) == "14.5 ±0.4 percentage points");
    CHECK(readable_difference(-7.1, 0.35, Unit::ratio) == "-7.10 ±0.35×");
    CHECK(readable_difference(1, 0.5, Unit::yes_no) == "1.00 ±0.50");
}

TEST_CASE("small p-values are bounded, not printed as zero") {
    CHECK(readable_p(0) == "p < 0.001");
    CHECK(readable_p(0.0341) == "p = 0.034");
}

TEST_CASE("a large count's mean does not read as a small one") {
    CHECK(readable(estimate(std::vector{233'000.0, 235'000.0}), Unit::count) == "234k ±13k");
    CHECK(readable_difference(120'000, 1'000, Unit::count) == "120k ±1k");
    CHECK(readable_difference(120, 1, Unit::count) == "120 ±1");
}
