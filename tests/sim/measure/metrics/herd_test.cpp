#include <catch2/catch.hpp>

#include "tests/sim/support/tallies.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;
using namespace std::chrono_literals;

namespace {

Result herd(HandMade& hand_made) { return hand_made.result(&add_herd); }

}  // namespace

TEST_CASE("herd.peak_ratio is the fullest bin after the fault over the mean bin before it") {
    HandMade run;
    run.arrivals(0, 6, 10).arrivals(6, 9, 500).arrivals(9, 20, 10).arrivals(9.1, 9.2, 70);
    CHECK(get(herd(run), Metric::herd_peak_ratio) == Approx(7));
}

TEST_CASE("a peak during the fault is not the herd's") {
    HandMade run;
    run.arrivals(0, 6, 10).arrivals(6, 9, 500).arrivals(9, 20, 10);
    CHECK(get(herd(run), Metric::herd_peak_ratio) == Approx(1));
}

TEST_CASE("the herd's peak is split by attempt number") {
    HandMade run;
    run.arrivals(0, 20, 10).arrivals(9.5, 9.6, 30, 3).arrivals(9.5, 9.6, 7, 99);
    const auto split = get_indexed(herd(run), Metric::herd_peak_100ms_by_attempt);
    REQUIRE(split.size() == listed_attempts);
    CHECK(split[0] == 10);
    CHECK(split[1] == 0);
    CHECK(split[2] == 30);
    CHECK(split[listed_attempts - 1] == 7);  // the last place holds all beyond
}

TEST_CASE("without a fault the herd is looked for in all that is measured") {
    HandMade run;
    run.faults({}).lasting(20s, 1s).arrivals(0, 1, 900).arrivals(1, 20, 10).arrivals(15, 15.1, 200);
    // 190 bins, 189 of 10 and one of 200.
    CHECK(get(herd(run), Metric::herd_peak_ratio) == Approx(200.0 * 190 / (189 * 10 + 200)));
}

TEST_CASE("without arrivals before the fault there is no ratio to give") {
    HandMade run;
    run.arrivals(9, 20, 10);
    CHECK_FALSE(find(herd(run), Metric::herd_peak_ratio));
}

TEST_CASE("herd.overshoot sums what is above capacity, bin by bin, after the fault") {
    HandMade run;
    run.service().capacity_per_s = 200;  // 20 a bin
    run.arrivals(0, 9, 100).arrivals(9, 20, 19).arrivals(10, 10.3, 50);
    CHECK(get(herd(run), Metric::herd_overshoot) == Approx(3 * 30));
}

TEST_CASE("herd.dispersion is the sample variance over the mean of the bins after the fault") {
    HandMade run;
    run.arrivals(0, 9, 1);
    for (int i = 0; i < 110; i += 2) run.arrivals(9 + i * 0.1, 9 + i * 0.1 + 0.1, 30);
    // Half the bins hold 30, half none: mean 15, squared deviations 225 each.
    CHECK(get(herd(run), Metric::herd_dispersion) == Approx(225.0 * 110 / 109 / 15));
}

TEST_CASE("evenly filled bins have no dispersion") {
    HandMade run;
    run.arrivals(0, 20, 10);
    CHECK(get(herd(run), Metric::herd_dispersion) == Approx(0).margin(1e-12));
}

TEST_CASE("herd.drain_time lasts until the queue is back at its usual length and stays there") {
    HandMade run;
    run.arrivals(0, 20, 10).queued(0, 6, 5).queued(6, 12.5, 300).queued(12.5, 20, 5);
    CHECK(get(herd(run), Metric::herd_drain_time) == Approx(3.5));
}

TEST_CASE("the usual length of a queue is its 95th percentile from before the fault") {
    // 60 bins before: three of them, 5 %, longer than 8.
    HandMade run;
    run.queued(0, 6, 8).queued(1, 1.3, 40).queued(9, 20, 8);
    CHECK(get(herd(run), Metric::herd_drain_time) == Approx(0));
    // A fourth makes 40 usual: then also 40 after the fault is.
    run.queued(1, 1.4, 40).queued(9, 20, 40);
    CHECK(get(herd(run), Metric::herd_drain_time) == Approx(0));
    run.queued(1.3, 1.4, 8);
    CHECK(get(herd(run), Metric::herd_drain_time) == never);
}

TEST_CASE("a queue that fills up again within 5 s had not drained") {
    HandMade run;
    run.queued(9, 11, 300).queued(13, 14, 300);
    CHECK(get(herd(run), Metric::herd_drain_time) == Approx(5));
}

TEST_CASE("a queue that never drains takes for ever, and one that had less than 5 s to do so has no drain time") {
    HandMade run;
    run.queued(9, 20, 300);
    CHECK(get(herd(run), Metric::herd_drain_time) == never);
    HandMade brief;
    brief.lasting(13s);
    CHECK_FALSE(find(herd(brief), Metric::herd_drain_time));
}

TEST_CASE("a queue that drains so late that 5 s are not left has not drained") {
    HandMade run;
    run.queued(9, 15.5, 300);
    CHECK(get(herd(run), Metric::herd_drain_time) == never);
    HandMade in_time;
    in_time.queued(9, 15, 300);
    CHECK(get(herd(in_time), Metric::herd_drain_time) == Approx(6));
}

TEST_CASE("arrivals.peak_per_s is what was counted in the fullest second") {
    HandMade run;
    run.service().peak_per_second = 4'321;
    CHECK(get(herd(run), Metric::arrivals_peak_per_s) == 4'321);
}
