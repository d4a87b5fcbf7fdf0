#include <catch2/catch.hpp>

#include "tests/sim/support/tallies.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;
using namespace std::chrono_literals;

namespace {

constexpr auto closed = BreakerState::closed;
constexpr auto open = BreakerState::open;
constexpr auto half_open = BreakerState::half_open;

Result breakers(HandMade& hand_made) { return hand_made.result(&add_breakers); }

/// Two breakers of which the first opens in the fault (6 s to 9 s), probes in vain once, and closes after it.
HandMade one_of_two() {
    HandMade run;
    run.breakers().count = 2;
    run.change(7, 0, closed, open, 12)
        .change(8, 0, open, half_open)
        .change(8.5, 0, half_open, open)
        .change(9.5, 0, open, half_open)
        .change(10, 0, half_open, closed);
    return run;
}

}  // namespace

TEST_CASE("every change is a transition, and half-open to open is a flap") {
    HandMade run = one_of_two();
    const Result result = breakers(run);
    CHECK(get(result, Metric::breaker_transitions) == 5);
    CHECK(get(result, Metric::breaker_flaps) == 1);
    // Two breakers, a third of a minute.
    CHECK(get(result, Metric::breaker_flaps_per_minute) == Approx(1.5));
}

TEST_CASE("shares of time in a state are of all breakers' seconds, those that never moved included") {
    HandMade run = one_of_two();
    const Result result = breakers(run);
    CHECK(get(result, Metric::breaker_share_open) == Approx(2.0 / 40));       // 7 to 8 and 8.5 to 9.5
    CHECK(get(result, Metric::breaker_share_half_open) == Approx(1.0 / 40));  // 8 to 8.5 and 9.5 to 10
    CHECK(get(result, Metric::breaker_share_closed) == Approx(37.0 / 40));
}

TEST_CASE("what a breaker does in the warm-up is not measured, the state that it brings along is") {
    HandMade run;
    run.lasting(20s, 4s);
    run.breakers().count = 1;
    run.change(1, 0, closed, open, 5).change(2, 0, open, half_open).change(3, 0, half_open, open);
    run.change(5, 0, open, half_open).change(5, 0, half_open, closed);
    const Result result = breakers(run);
    CHECK(get(result, Metric::breaker_transitions) == 2);
    CHECK(get(result, Metric::breaker_flaps) == 0);
    CHECK(get(result, Metric::breaker_share_open) == Approx(1.0 / 16));
    CHECK(get(result, Metric::breaker_share_closed) == Approx(15.0 / 16));
}

TEST_CASE("time to open and failures let through are means over the breakers that opened after the fault began") {
    HandMade run;
    run.breakers().count = 3;
    run.change(2, 2, closed, open, 99).change(3, 2, open, half_open).change(3, 2, half_open, closed);  // too early
    run.change(6.5, 0, closed, open, 10).change(8.5, 1, closed, open, 20);
    run.change(9, 0, open, half_open).change(9, 0, half_open, open);  // not its first opening
    const Result result = breakers(run);
    CHECK(get(result, Metric::breaker_time_to_open) == Approx((0.5 + 2.5) / 2));
    CHECK(get(result, Metric::breaker_attempts_before_open) == Approx(15));
}

TEST_CASE("where no breaker opens there is no time to open, and where there is no fault neither") {
    HandMade calm;
    calm.breakers().count = 4;
    CHECK_FALSE(find(breakers(calm), Metric::breaker_time_to_open));
    HandMade faultless = one_of_two();
    faultless.faults({});
    CHECK_FALSE(find(breakers(faultless), Metric::breaker_time_to_open));
    CHECK_FALSE(find(breakers(faultless), Metric::breaker_reopen_lag));
}

TEST_CASE("breaker.reopen_lag is the mean time to closing for good of the breakers not closed at the fault's end") {
    HandMade run;
    run.breakers().count = 4;
    run.change(7, 0, closed, open).change(7, 1, closed, open).change(7, 3, closed, open);
    run.change(8, 3, open, half_open).change(8, 3, half_open, closed);  // closed again before the end
    run.change(10, 0, open, half_open).change(10, 0, half_open, closed);
    run.change(11, 1, open, half_open).change(11, 1, half_open, closed);
    run.change(12, 1, closed, open).change(13, 1, open, half_open).change(14, 1, half_open, closed);
    CHECK(get(breakers(run), Metric::breaker_reopen_lag) == Approx((1.0 + 5.0) / 2));
}

TEST_CASE("a breaker that is half-open at the fault's end is one that has to close") {
    HandMade run;
    run.breakers().count = 1;
    run.change(7, 0, closed, open).change(8.9, 0, open, half_open).change(9.2, 0, half_open, closed);
    CHECK(get(breakers(run), Metric::breaker_reopen_lag) == Approx(0.2));
}

TEST_CASE("a breaker that stays open never closes for good, and so the mean is never") {
    HandMade run;
    run.breakers().count = 2;
    run.change(7, 0, closed, open).change(7, 1, closed, open);
    run.change(10, 0, open, half_open).change(10, 0, half_open, closed);
    CHECK(get(breakers(run), Metric::breaker_reopen_lag) == never);
}

TEST_CASE("where all breakers are closed at the fault's end there is no lag to measure") {
    HandMade run;
    run.breakers().count = 2;
    run.change(12, 0, closed, open);
    CHECK_FALSE(find(breakers(run), Metric::breaker_reopen_lag));
}

TEST_CASE("breaker.false_open is time open in bins without a fault and with arrivals within capacity") {
    HandMade run;
    run.breakers().count = 5;
    run.service().capacity_per_s = 200;  // 20 a bin
    run.arrivals(0, 20, 20).arrivals(10, 11, 21);
    for (std::uint32_t i = 0; i < 3; ++i) run.change(5.03, i, closed, open);
    run.change(15.06, 0, open, half_open).change(15.07, 0, half_open, closed);
    // Open from 5.03 s to 15.06 s or to the end, less 3 s of the fault and 1 s of too many arrivals; not by whole bins.
    CHECK(get(breakers(run), Metric::breaker_false_open) == Approx((10.03 - 4) + 2 * (14.97 - 4)));
}

TEST_CASE("breaker.probe_sync is the highest share of the fleet that went half-open in one bin") {
    HandMade run;
    run.breakers().count = 8;
    for (std::uint32_t i = 0; i < 6; ++i) run.change(7, i, closed, open);
    run.change(9.01, 0, open, half_open).change(9.05, 1, open, half_open).change(9.0999, 2, open, half_open);
    run.change(9.1, 3, open, half_open).change(9.15, 4, open, half_open);
    CHECK(get(breakers(run), Metric::breaker_probe_sync) == Approx(3.0 / 8));
}

TEST_CASE("a breaker that probes again and again within one bin is still one breaker") {
    HandMade run;
    run.breakers().count = 2;
    run.change(7, 0, closed, open);
    for (int i = 0; i < 5; ++i)
        run.change(9 + 0.01 * i, 0, open, half_open).change(9.001 + 0.01 * i, 0, half_open, open);
    CHECK(get(breakers(run), Metric::breaker_probe_sync) == Approx(0.5));
}

TEST_CASE("clients without breakers have no metrics of breakers") {
    HandMade run;
    CHECK(breakers(run).values.empty());
}
