#include <catch2/catch.hpp>

#include "tests/sim/support/tallies.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;
using namespace std::chrono_literals;

namespace {

constexpr auto requests = &ClientBin::requests;
constexpr auto succeeded = &ClientBin::succeeded;

Result recovery(HandMade& hand_made) { return hand_made.result(&add_recovery); }

/// 100 requests a bin, all of which succeed but for those during the fault (6 s to 9 s).
HandMade healthy() {
    HandMade run;
    run.service().capacity_per_s = 1'200;
    run.in_client_bins(requests, 0, 20, 100).in_client_bins(succeeded, 0, 6, 100).in_client_bins(succeeded, 9, 20, 100);
    return run;
}

}  // namespace

TEST_CASE("goodput that is back at once has recovered in no time") {
    HandMade run = healthy();
    CHECK(get(recovery(run), Metric::recovery_time) == Approx(0).margin(1e-9));
    CHECK(get(recovery(run), Metric::recovery_metastable) == 0);
}

TEST_CASE("recovery.time ends where the next 5 s have 99 % of the usual goodput") {
    HandMade run = healthy();
    run.in_client_bins(succeeded, 9, 12, 0);
    // 5 s at 99 % may lack 50 successes of 5,000: half of one bin. So every empty bin must be past.
    CHECK(get(recovery(run), Metric::recovery_time) == Approx(3));

    HandMade nearly = healthy();
    nearly.in_client_bins(succeeded, 9, 12, 0).in_client_bins(succeeded, 11.9, 12, 50);
    CHECK(get(recovery(nearly), Metric::recovery_time) == Approx(2.9));
}

TEST_CASE("recovery.lost_goodput is what is missing since the fault began, less what is caught up") {
    HandMade run = healthy();
    CHECK(get(recovery(run), Metric::recovery_lost_goodput) == 30 * 100);
    run.in_client_bins(succeeded, 9, 10, 40).in_client_bins(succeeded, 10, 11, 130);
    CHECK(get(recovery(run), Metric::recovery_lost_goodput) == 30 * 100 + 10 * 60 - 10 * 30);
}

TEST_CASE("goodput that comes back and goes again within 5 s had not recovered") {
    HandMade run = healthy();
    run.in_client_bins(succeeded, 9, 10, 0).in_client_bins(succeeded, 13, 14, 0);
    CHECK(get(recovery(run), Metric::recovery_time) == Approx(5));
}

TEST_CASE("a wave of late successes does not make up for seconds without any") {
    HandMade run = healthy();
    run.in_client_bins(succeeded, 9, 10, 0).in_client_bins(succeeded, 10, 11, 200);
    // The first second with 900 successes less chance has five bins of the wave.
    CHECK(get(recovery(run), Metric::recovery_time) == Approx(0.5));
    run.in_client_bins(succeeded, 9, 12, 10).in_client_bins(succeeded, 12, 13, 400);
    CHECK(get(recovery(run), Metric::recovery_time) == Approx(2.2));
}

TEST_CASE("a load that comes and goes by itself is as usual in its pauses") {
    HandMade run = healthy();
    for (double from = 0; from < 20; from += 2) {
        run.in_client_bins(succeeded, from, from + 1, 0);
        run.in_client_bins(succeeded, from + 1, from + 2, from == 6 ? 0 : 100);
    }
    CHECK(get(recovery(run), Metric::recovery_time) == Approx(0).margin(1e-9));
    CHECK_FALSE(find(recovery(run), Metric::recovery_degraded_after));
}

TEST_CASE("goodput that stays low never recovers: it is metastable where the requests are within capacity") {
    HandMade within = healthy();
    within.in_client_bins(succeeded, 9, 20, 98);
    CHECK(get(recovery(within), Metric::recovery_time) == never);
    CHECK(get(recovery(within), Metric::recovery_metastable) == 1);

    HandMade beyond = healthy();
    beyond.in_client_bins(succeeded, 9, 20, 98).arrivals(9, 20, 100).service().capacity_per_s = 999;
    CHECK(get(recovery(beyond), Metric::recovery_time) == never);
    CHECK(get(recovery(beyond), Metric::recovery_metastable) == 0);
}

TEST_CASE("goodput that is back less than 5 s before the end has not recovered in this run") {
    HandMade run = healthy();
    run.in_client_bins(succeeded, 9, 15.1, 0);
    CHECK(get(recovery(run), Metric::recovery_time) == never);
    HandMade in_time = healthy();
    in_time.in_client_bins(succeeded, 9, 15, 0);
    CHECK(get(recovery(in_time), Metric::recovery_time) == Approx(6));
}

TEST_CASE("recovery counts from the end of the last fault, against what was before the first") {
    HandMade run = healthy();
    run.faults({{"outage", "services.api", at(6), at(7)}, {"outage", "services.api", at(9), at(11)}});
    run.in_client_bins(succeeded, 7, 13, 0);
    CHECK(get(recovery(run), Metric::recovery_time) == Approx(2));
}

TEST_CASE("where nothing can be said nothing is: no fault, no time before it, fewer than 5 s after it") {
    HandMade without = healthy();
    without.faults({});
    CHECK_FALSE(find(recovery(without), Metric::recovery_time));

    HandMade from_the_start = healthy();
    from_the_start.faults({{"outage", "services.api", at(0), at(3)}});
    CHECK_FALSE(find(recovery(from_the_start), Metric::recovery_time));

    HandMade brief;
    brief.lasting(13s);
    CHECK_FALSE(find(recovery(brief), Metric::recovery_time));
    CHECK_FALSE(find(recovery(brief), Metric::recovery_metastable));

    HandMade to_the_end = healthy();
    to_the_end.faults({{"outage", "services.api", at(6), at(20)}});
    CHECK_FALSE(find(recovery(to_the_end), Metric::recovery_time));
}

TEST_CASE("a service that answered nobody before the fault has nothing to recover to") {
    HandMade run = healthy();
    run.in_client_bins(succeeded, 0, 6, 0);
    CHECK_FALSE(find(recovery(run), Metric::recovery_time));
    CHECK_FALSE(find(recovery(run), Metric::recovery_metastable));
}

TEST_CASE("recovery.degraded_after is when the next second's goodput falls below 90 % for more than chance") {
    HandMade run = healthy();
    CHECK(get(recovery(run), Metric::recovery_degraded_after) == Approx(0).margin(1e-9));
    CHECK(get(recovery(run), Metric::recovery_lowest_goodput) == 0);

    HandMade later = healthy();
    later.in_client_bins(succeeded, 6, 20, 100).in_client_bins(succeeded, 8, 9, 50);
    CHECK(get(recovery(later), Metric::recovery_lowest_goodput) == Approx(0.5));
    // The second from 7.3 s on is the first with three bins at half: 850 of 1,000.
    CHECK(get(recovery(later), Metric::recovery_degraded_after) == Approx(1.3));

    HandMade held = healthy();
    held.in_client_bins(succeeded, 6, 20, 100).in_client_bins(succeeded, 8, 9, 91);
    CHECK(get(recovery(held), Metric::recovery_lowest_goodput) == Approx(0.91));
    CHECK_FALSE(find(recovery(held), Metric::recovery_degraded_after));
}

TEST_CASE("recovery.goodput_at_end is that of the last 5 s over the usual") {
    HandMade run = healthy();
    run.in_client_bins(succeeded, 17, 20, 0);
    CHECK(get(recovery(run), Metric::recovery_goodput_at_end) == Approx(0.4));
}
