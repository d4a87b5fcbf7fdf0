#include <catch2/catch.hpp>

#include "tests/sim/support/tallies.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;
using namespace std::chrono_literals;

TEST_CASE("a service's shares and means are of the measured time, its waits of the calls taken into service") {
    HandMade run;
    run.lasting(20s, 10s);
    ServiceTally& tally = run.service();
    tally.workers = 4;
    tally.busy_worker_s = 30;
    tally.queued_s = 5;
    tally.queue_peak = 17;
    tally.started = 200;
    tally.waited = 50;
    tally.wait_s = 8;
    tally.shed = 3;
    tally.served_s = 40;
    tally.wasted_s = 10;
    const Result result = run.result(&add_service);
    CHECK(get(result, Metric::service_utilisation) == Approx(0.75));
    CHECK(get(result, Metric::service_queue_mean) == Approx(0.5));
    CHECK(get(result, Metric::service_queue_peak) == 17);
    CHECK(get(result, Metric::service_wait_mean) == Approx(0.04));
    CHECK(get(result, Metric::service_waited) == Approx(0.25));
    CHECK(get(result, Metric::service_shed) == 3);
    CHECK(get(result, Metric::retry_wasted_work) == Approx(0.25));
}

TEST_CASE("a service that nobody called has no waits and no wasted work to tell of") {
    HandMade run;
    run.service().workers = 1;
    const Result result = run.result(&add_service);
    CHECK_FALSE(find(result, Metric::service_wait_mean));
    CHECK_FALSE(find(result, Metric::service_waited));
    CHECK_FALSE(find(result, Metric::retry_wasted_work));
    CHECK(get(result, Metric::service_utilisation) == 0);
}

TEST_CASE("service.busiest is the highest utilisation over 5 s since the first fault, not before it") {
    HandMade run;
    run.service().workers = 2;
    run.service().bins.resize(run.bins());
    for (std::size_t i = 0; i < 60; ++i) run.service().bins[i].busy_worker_s = 0.2;     // all busy, before the fault
    for (std::size_t i = 100; i < 125; ++i) run.service().bins[i].busy_worker_s = 0.2;  // 2.5 s in any 5 s
    CHECK(get(run.result(&add_load), Metric::service_busiest) == Approx(0.5));
}

TEST_CASE("offered load counts first attempts after the last fault, arriving load all of them") {
    HandMade run;
    run.service().workers = 1;
    run.service().capacity_per_s = 100;
    run.arrivals(0, 9, 50).arrivals(9, 20, 8).arrivals(9, 20, 22, 2);
    const Result result = run.result(&add_load);
    CHECK(get(result, Metric::service_offered_load) == Approx(0.8));
    CHECK(get(result, Metric::service_arriving_load) == Approx(3));
}
