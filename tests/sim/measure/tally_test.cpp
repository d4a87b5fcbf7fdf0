#include "sim/measure/tally.hpp"

#include <catch2/catch.hpp>

using namespace stampede;
using namespace stampede::sim;

TEST_CASE("attempt numbers have places of their own up to the last, which holds it and all beyond") {
    CHECK(attempt_index(1) == 0);
    CHECK(attempt_index(listed_attempts - 1) == listed_attempts - 2);
    CHECK(attempt_index(listed_attempts) == listed_attempts - 1);
    CHECK(attempt_index(1000) == listed_attempts - 1);
}

TEST_CASE("merging two populations adds every count, bin by bin") {
    ClientTally a;
    a.requests = 1;
    a.ended[0] = 2;
    a.latency.add(Duration{100});
    a.bins = {{.requests = 1, .attempts = 2}, {.requests = 3}};
    ClientTally b;
    b.requests = 10;
    b.ended[0] = 20;
    b.running = 30;
    b.late = 40;
    b.retries_at_cap = 50;
    b.latency.add(Duration{200});
    b.bins = {{.requests = 10, .attempts = 20, .succeeded = 30, .breakers_open = 40}};
    a.merge(b);
    CHECK(a.requests == 11);
    CHECK(a.ended[0] == 22);
    CHECK(a.running == 30);
    CHECK(a.late == 40);
    CHECK(a.retries_at_cap == 50);
    CHECK(a.latency.total() == 2);
    REQUIRE(a.bins.size() == 2);
    CHECK(a.bins[0].requests == 11);
    CHECK(a.bins[0].attempts == 22);
    CHECK(a.bins[0].succeeded == 30);
    CHECK(a.bins[0].breakers_open == 40);
    CHECK(a.bins[1].requests == 3);
}

TEST_CASE("merging two services adds counts and capacity, and keeps the higher of the peaks") {
    ServiceTally a;
    a.started = 1;
    a.queue_peak = 9;
    a.peak_per_second = 3;
    a.capacity_per_s = 100;
    a.workers = 2;
    a.bins.resize(1);
    a.bins[0].arrivals[2] = 5;
    ServiceTally b;
    b.started = 10;
    b.queue_peak = 4;
    b.peak_per_second = 7;
    b.capacity_per_s = 50;
    b.workers = 3;
    b.bins.resize(2);
    b.bins[0].arrivals[2] = 6;
    b.bins[1].queued = 8;
    b.bins[1].busy_worker_s = 0.25;
    a.merge(b);
    CHECK(a.started == 11);
    CHECK(a.queue_peak == 9);
    CHECK(a.peak_per_second == 7);
    CHECK(a.capacity_per_s == 150);
    CHECK(a.workers == 5);
    REQUIRE(a.bins.size() == 2);
    CHECK(a.bins[0].arrivals[2] == 11);
    CHECK(a.bins[0].total() == 11);
    CHECK(a.bins[1].queued == 8);
    CHECK(a.bins[1].busy_worker_s == 0.25);
}
