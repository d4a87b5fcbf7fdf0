#include "policies/breaker/breaker.hpp"

#include <catch2/catch.hpp>

#include "tests/policies/breaker/rig.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

BreakerSettings windowed(std::uint32_t count, double rate, std::uint32_t minimum) {
    return {.window = BreakerWindow{count}, .failure_rate = rate, .minimum_calls = minimum, .open_for = 10s};
}

}  // namespace

TEST_CASE("a breaker without thresholds opens on the fifth consecutive failure") {
    BreakerRig rig{{}};
    rig.calls(4, Outcome::timeout);
    CHECK(rig.breaker.state() == BreakerState::closed);
    rig.calls(1, Outcome::timeout);
    CHECK(rig.breaker.state() == BreakerState::open);
    REQUIRE(rig.bench.record.transitions.size() == 1);
    const BreakerTransition& change = rig.bench.record.transitions[0];
    CHECK(change.breaker == 17);
    CHECK(change.from == BreakerState::closed);
    CHECK(change.to == BreakerState::open);
    CHECK(change.reason == BreakerReason::consecutive_failures);
    CHECK(change.failures == 5);
}

TEST_CASE("a success between failures starts the count again, an ignored outcome does not") {
    BreakerRig rig{{.failure_threshold = 3}};
    rig.calls(2, Outcome::transient);
    rig.calls(1, Outcome::success);
    rig.calls(2, Outcome::transient);
    rig.calls(5, Outcome::client_error);
    CHECK(rig.breaker.state() == BreakerState::closed);
    rig.calls(1, Outcome::transient);
    CHECK(rig.breaker.state() == BreakerState::open);
}

TEST_CASE("an outcome that is neither a failure nor ignored is a success") {
    BreakerRig rig{{.failure_threshold = 2, .on = {Outcome::timeout}, .ignore = {}}};
    for (int i = 0; i < 10; ++i) {
        rig.calls(1, Outcome::timeout);
        rig.calls(1, Outcome::client_error);
    }
    CHECK(rig.breaker.state() == BreakerState::closed);
}

TEST_CASE("a window opens as soon as its share of failures is reached, not before the minimum is in it") {
    BreakerRig rig{windowed(10, 0.5, 4)};
    rig.calls(3, Outcome::transient);
    CHECK(rig.breaker.state() == BreakerState::closed);
    rig.calls(1, Outcome::success);
    CHECK(rig.breaker.state() == BreakerState::open);  // 3 of 4, judged although the last one was a success
    CHECK(rig.bench.record.transitions.at(0).reason == BreakerReason::failure_rate);
    CHECK(rig.bench.record.transitions.at(0).failures == 3);
}

TEST_CASE("a window forgets what has fallen out of it") {
    BreakerRig rig{windowed(4, 0.75, 4)};
    for (int i = 0; i < 100; ++i) {
        rig.calls(2, Outcome::transient);
        rig.calls(2, Outcome::success);
    }
    CHECK(rig.breaker.state() == BreakerState::closed);
    rig.calls(3, Outcome::transient);
    CHECK(rig.breaker.state() == BreakerState::open);
}

TEST_CASE("a failure rate is reached exactly, without rounding") {
    for (std::uint32_t failures = 1; failures <= 100; ++failures) {
        BreakerRig rig{windowed(100, failures / 100.0, 100)};
        for (std::uint32_t i = 0; i < 100 - failures; ++i) rig.calls(1, Outcome::success);
        for (std::uint32_t i = 0; i < failures; ++i) rig.calls(1, Outcome::transient);
        CHECK(rig.breaker.state() == BreakerState::open);
        CHECK(rig.bench.record.transitions.at(0).failures == failures);
    }
}

TEST_CASE("with both thresholds the breaker opens on whichever comes first") {
    BreakerSettings settings = windowed(100, 0.5, 20);
    settings.failure_threshold = 3;
    BreakerRig first{settings};
    first.calls(3, Outcome::transient);
    CHECK(first.bench.record.transitions.at(0).reason == BreakerReason::consecutive_failures);
    BreakerRig second{settings};
    for (int i = 0; i < 10; ++i) {
        second.calls(1, Outcome::success);
        second.calls(1, Outcome::transient);
    }
    CHECK(second.bench.record.transitions.at(0).reason == BreakerReason::failure_rate);
}

TEST_CASE("a breaker with a window alone does not open on a run of failures") {
    BreakerRig rig{windowed(100, 1, 100)};
    rig.calls(99, Outcome::transient);
    CHECK(rig.breaker.state() == BreakerState::closed);
}

TEST_CASE("an open breaker refuses until its time is over and lets the first call then try") {
    BreakerRig rig{{.open_for = 10s}};
    rig.open();
    rig.bench.now += 10s - 1ns;
    CHECK_FALSE(rig.call(Outcome::success));
    CHECK(rig.breaker.state() == BreakerState::open);
    rig.bench.now += 1ns;
    CHECK(rig.call(Outcome::success));
    CHECK(rig.breaker.state() == BreakerState::half_open);
    CHECK(rig.bench.record.transitions.back().reason == BreakerReason::open_time_over);
}

TEST_CASE("a half-open breaker lets its trials through and refuses all others") {
    BreakerRig rig{{.half_open = {2}}};
    rig.to_half_open();
    Frame a;
    Frame b;
    Frame c;
    CHECK(rig.enter(a));
    CHECK(rig.enter(b));
    CHECK_FALSE(rig.enter(c));
    rig.leave(a, Outcome::success);
    CHECK_FALSE(rig.enter(c));  // trials are counted in total, not at once
    rig.leave(b, Outcome::success);
    CHECK(rig.breaker.state() == BreakerState::closed);
    CHECK(rig.bench.record.transitions.back().reason == BreakerReason::trials_succeeded);
    CHECK(rig.enter(c));
}

TEST_CASE("the first trial that fails opens the breaker again, for its whole time") {
    BreakerRig rig{{.open_for = 10s, .half_open = {3}}};
    rig.to_half_open();
    rig.calls(2, Outcome::success);
    rig.calls(1, Outcome::timeout);
    CHECK(rig.breaker.state() == BreakerState::open);
    CHECK(rig.bench.record.transitions.back().reason == BreakerReason::trial_failed);
    CHECK(rig.bench.record.transitions.back().failures == 1);
    rig.bench.now += 9s;
    CHECK_FALSE(rig.call(Outcome::success));
    rig.bench.now += 1s;
    CHECK(rig.call(Outcome::success));
}

TEST_CASE("a breaker that has closed again starts counting from nothing") {
    BreakerSettings settings = windowed(10, 0.5, 4);
    settings.half_open.calls = 1;
    settings.failure_threshold = 4;
    BreakerRig rig{settings};
    rig.to_half_open();
    rig.calls(1, Outcome::success);
    REQUIRE(rig.breaker.state() == BreakerState::closed);
    rig.calls(3, Outcome::transient);
    CHECK(rig.breaker.state() == BreakerState::closed);
}

TEST_CASE("a trial that is ignored or cancelled gives its permit back") {
    BreakerRig rig{{.half_open = {1}}};
    rig.to_half_open();
    Frame frame;
    for (int i = 0; i < 5; ++i) {
        CHECK(rig.enter(frame));
        rig.leave(frame, Outcome::client_error);
        CHECK(rig.enter(frame));
        rig.cancel(frame);
    }
    CHECK(rig.breaker.state() == BreakerState::half_open);
    rig.calls(1, Outcome::success);
    CHECK(rig.breaker.state() == BreakerState::closed);
}

TEST_CASE("a call let through before the break neither closes nor opens a later state") {
    for (const Outcome late : {Outcome::success, Outcome::transient, Outcome::client_error}) {
        BreakerRig rig{{.half_open = {1}}};
        Frame stale;
        CHECK(rig.enter(stale));
        rig.to_half_open();
        Frame trial;
        CHECK(rig.enter(trial));
        rig.leave(stale, late);
        CHECK(rig.breaker.state() == BreakerState::half_open);
        Frame other;
        CHECK_FALSE(rig.enter(other));  // nor has it given back a permit that it never had
        rig.leave(trial, Outcome::success);
        CHECK(rig.breaker.state() == BreakerState::closed);
    }
}

TEST_CASE("a stale trial counts for nothing after the breaker has moved on") {
    BreakerRig rig{{.failure_threshold = 1, .half_open = {2}}};
    rig.to_half_open();
    Frame slow;
    CHECK(rig.enter(slow));
    rig.calls(1, Outcome::transient);  // open again
    rig.leave(slow, Outcome::success);
    CHECK(rig.breaker.state() == BreakerState::open);
    rig.bench.now += rig.settings.open_for;
    rig.calls(2, Outcome::success);
    CHECK(rig.breaker.state() == BreakerState::closed);
}

TEST_CASE("settings that contradict themselves are mistakes") {
    CHECK(Complaints::about(BreakerSettings{}).empty());
    CHECK(Complaints::about(windowed(100, 0.5, 20)).empty());
    CHECK(Complaints::about(windowed(10, 0.5, 20)) == std::vector<std::string>{"minimum_calls"});
    CHECK(Complaints::about(BreakerSettings{.on = {Outcome::timeout, Outcome::client_error}}) ==
          std::vector<std::string>{"ignore"});
    CHECK(Complaints::about(BreakerSettings{.on = {}}) == std::vector<std::string>{"on"});
    CHECK(Complaints::about(BreakerSettings{.on = {Outcome::success}}) == std::vector<std::string>{"on"});
}

TEST_CASE("a breaker is small: a fleet has a hundred thousand") { CHECK(sizeof(Breaker) <= 176); }

TEST_CASE("a breaker lets calls in and out unasked only while a success would change nothing") {
    BreakerRig rig{
        {.failure_threshold = 2, .window = BreakerWindow{3}, .minimum_calls = 3, .open_for = 10s, .half_open = {1}}};
    Frame early;
    Duration timer = no_timer;
    const auto calm = [&] {
        Frame frame;
        return rig.breaker.enter_unchanged(frame, timer) && rig.breaker.leave_unchanged(frame, Outcome::success);
    };
    CHECK_FALSE(calm());  // its window is not full
    rig.calls(3, Outcome::success);
    CHECK(calm());
    REQUIRE(rig.breaker.enter_unchanged(early, timer));
    CHECK(timer == no_timer);
    CHECK_FALSE(rig.breaker.leave_unchanged(early, Outcome::transient));
    rig.call(Outcome::transient);
    CHECK_FALSE(calm());  // a success would end the row of failures
    CHECK_FALSE(rig.breaker.leave_unchanged(early, Outcome::success));
    rig.call(Outcome::success);
    CHECK_FALSE(calm());  // and now push the failure towards the window's end
    rig.calls(2, Outcome::success);
    CHECK(calm());
    rig.open();
    CHECK_FALSE(calm());
    rig.bench.now += 10s;
    rig.call(Outcome::success);
    REQUIRE(rig.breaker.state() == BreakerState::closed);
    rig.calls(3, Outcome::success);
    CHECK(calm());
    CHECK_FALSE(rig.breaker.leave_unchanged(early, Outcome::success));  // it came in an era that is over
    const BreakerSettings larger{.window = BreakerWindow{4}, .minimum_calls = 3};
    rig.breaker.change(larger);
    CHECK_FALSE(calm());
}
