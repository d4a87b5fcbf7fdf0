/// Published rules of other libraries, one by one. cockatiel's and opossum's are compared with the libraries themselves
/// in tests/libraries.

#include <catch2/catch.hpp>

#include "tests/policies/breaker/rig.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

BreakerSettings resilience4j_with(std::uint32_t size, std::uint32_t minimum, std::uint32_t permitted) {
    BreakerSettings s = BreakerSettings::of(Dialect::resilience4j);
    s.window = BreakerWindow{.count = size};
    s.minimum_calls = minimum;
    s.half_open.calls = permitted;
    s.open_for = 10s;
    return s;
}

/// A call that takes so long.
void takes(BreakerRig& rig, Duration time, Outcome outcome) {
    Frame frame;
    CHECK(rig.enter(frame));
    rig.bench.now += time;
    rig.leave(frame, outcome);
}

BreakerReason last_reason(const BreakerRig& rig) { return rig.bench.record.transitions.back().reason; }

}  // namespace

TEST_CASE("resilience4j: a rate that is reached opens, also by a success that reaches the minimum") {
    BreakerRig rig{resilience4j_with(10, 4, 1)};
    rig.calls(2, Outcome::transient);
    rig.calls(1, Outcome::success);
    CHECK(rig.breaker.state() == BreakerState::closed);
    rig.calls(1, Outcome::success);  // 2 of 4, with >=
    CHECK(rig.breaker.state() == BreakerState::open);
}

TEST_CASE("resilience4j: the minimum is clamped to a window of calls, not to one of time") {
    BreakerRig calls{resilience4j_with(5, 100, 1)};
    calls.calls(5, Outcome::transient);
    CHECK(calls.breaker.state() == BreakerState::open);
    BreakerSettings of_time = resilience4j_with(5, 100, 1);
    of_time.window = BreakerWindow{.time = 5s};
    BreakerRig time{of_time};
    time.calls(99, Outcome::transient);
    CHECK(time.breaker.state() == BreakerState::closed);
    time.calls(1, Outcome::transient);
    CHECK(time.breaker.state() == BreakerState::open);
}

TEST_CASE("resilience4j: slow is longer than the threshold; a slow error counts for both rates") {
    BreakerSettings settings = resilience4j_with(4, 4, 1);
    settings.slow_after = 1s;
    settings.slow_rate = 0.75;
    settings.failure_rate = 0.5;
    BreakerRig exact{settings};
    for (int i = 0; i < 4; ++i) takes(exact, 1s, Outcome::success);
    CHECK(exact.breaker.state() == BreakerState::closed);
    BreakerRig slow{settings};
    for (int i = 0; i < 3; ++i) takes(slow, 1s + 1ms, Outcome::success);
    takes(slow, 1ms, Outcome::success);
    CHECK(slow.breaker.state() == BreakerState::open);
    CHECK(last_reason(slow) == BreakerReason::slow_rate);
    BreakerRig both{settings};
    takes(both, 2s, Outcome::transient);
    takes(both, 2s, Outcome::success);
    takes(both, 1ms, Outcome::success);
    takes(both, 2s, Outcome::success);
    CHECK(last_reason(both) == BreakerReason::slow_rate);
}

TEST_CASE("resilience4j: an ignored error counts as neither and gives its permit back") {
    BreakerRig rig{resilience4j_with(4, 4, 1)};
    rig.calls(50, Outcome::client_error);
    rig.open();
    rig.bench.now += 10s + 1ns;
    rig.calls(3, Outcome::client_error);
    CHECK(rig.breaker.state() == BreakerState::half_open);
    rig.calls(1, Outcome::success);
    CHECK(rig.breaker.state() == BreakerState::closed);
}

TEST_CASE("resilience4j: with a minimum of 5 and 10 permitted, half-open is decided after 5 calls") {
    for (const bool well : {true, false}) {
        BreakerRig rig{resilience4j_with(10, 5, 10)};
        rig.open();
        rig.bench.now += 10s + 1ns;
        rig.calls(2, Outcome::transient);
        rig.calls(2, Outcome::success);
        CHECK(rig.breaker.state() == BreakerState::half_open);
        rig.calls(1, well ? Outcome::success : Outcome::transient);
        CHECK(rig.breaker.state() == (well ? BreakerState::closed : BreakerState::open));
    }
}

TEST_CASE("resilience4j: trials are permitted in total, the calls beyond are refused") {
    BreakerRig rig{resilience4j_with(10, 10, 3)};
    rig.open();
    rig.bench.now += 10s + 1ns;
    Frame trials[3];
    for (Frame& trial : trials) CHECK(rig.enter(trial));
    rig.leave(trials[0], Outcome::success);
    CHECK_FALSE(rig.call(Outcome::success));
    rig.leave(trials[1], Outcome::transient);
    rig.leave(trials[2], Outcome::success);  // 1 of 3 is below 50 %
    CHECK(rig.breaker.state() == BreakerState::closed);
}

TEST_CASE("resilience4j: at exactly the end of the open time a call is still refused") {
    BreakerRig rig{resilience4j_with(2, 2, 1)};
    rig.open();
    rig.bench.now += 10s;
    CHECK_FALSE(rig.call(Outcome::success));
    rig.bench.now += 1ms;
    CHECK(rig.call(Outcome::success));
}

TEST_CASE("resilience4j: a success issued before the break closes the half-open breaker while its trial runs") {
    BreakerRig rig{resilience4j_with(2, 2, 1)};
    Frame early;
    CHECK(rig.enter(early));
    rig.open();
    rig.bench.now += 10s + 1ns;
    Frame trial;
    CHECK(rig.enter(trial));
    rig.leave(early, Outcome::success);
    CHECK(rig.breaker.state() == BreakerState::closed);
    rig.leave(trial, Outcome::transient);  // and counts in the new window
    CHECK(rig.breaker.state() == BreakerState::closed);
    rig.calls(1, Outcome::transient);
    CHECK(rig.breaker.state() == BreakerState::open);
}

TEST_CASE("resilience4j: an ignored error issued before the break gives a permit back that it never took") {
    BreakerRig rig{resilience4j_with(2, 2, 1)};
    Frame early;
    CHECK(rig.enter(early));
    rig.open();
    rig.bench.now += 10s + 1ns;
    Frame trial;
    CHECK(rig.enter(trial));
    CHECK_FALSE(rig.call(Outcome::success));
    rig.leave(early, Outcome::client_error);
    Frame second;
    CHECK(rig.enter(second));
}

TEST_CASE("resilience4j: maxWaitDurationInHalfOpenState ends a trial that never reports, by the clock") {
    for (const auto after : {AfterWait::open, AfterWait::closed}) {
        BreakerSettings settings = resilience4j_with(2, 2, 1);
        settings.half_open.max_wait = 5s;
        settings.half_open.after_wait = after;
        BreakerRig rig{settings};
        rig.open();
        rig.bench.now += 10s + 1ns;
        Frame trial;
        CHECK(rig.enter(trial));
        rig.bench.now += 7s;
        CHECK(rig.call(Outcome::success) == (after == AfterWait::closed));
        CHECK(last_reason(rig) == BreakerReason::half_open_time_over);
        CHECK(rig.breaker.state() == (after == AfterWait::open ? BreakerState::open : BreakerState::closed));
    }
}

TEST_CASE("resilience4j: a window of one second is the current second of the clock only") {
    BreakerSettings settings = resilience4j_with(1, 2, 1);
    settings.window = BreakerWindow{.time = 1s};
    BreakerRig rig{settings};
    rig.bench.now = Instant{900ms};
    rig.calls(1, Outcome::transient);
    rig.bench.now = Instant{1'000ms};
    rig.calls(1, Outcome::transient);
    CHECK(rig.breaker.state() == BreakerState::closed);
    rig.bench.now = Instant{1'999ms};
    rig.calls(1, Outcome::transient);
    CHECK(rig.breaker.state() == BreakerState::open);
}

TEST_CASE("resilience4j: an exponential open time grows with trials that fail and starts anew after closing") {
    BreakerSettings settings = resilience4j_with(1, 1, 1);
    settings.open_backoff = ExponentialBackoff{.initial = 10s, .multiplier = 1.5, .max = 1h};
    BreakerRig rig{settings};
    rig.calls(1, Outcome::transient);
    for (const Duration wait : {Duration{10s}, Duration{15s}, Duration{22'500ms}}) {
        rig.bench.now += wait;
        CHECK_FALSE(rig.call(Outcome::transient));
        rig.bench.now += 1ns;
        CHECK(rig.call(Outcome::transient));
    }
    rig.bench.now += 1h;
    rig.calls(1, Outcome::success);
    rig.calls(1, Outcome::transient);
    rig.bench.now += 10s + 1ns;
    CHECK(rig.call(Outcome::success));
}

TEST_CASE("Polly: looks at its window on failures only, keeps it while open, and closes on what it does not handle") {
    BreakerSettings settings = BreakerSettings::of(Dialect::polly);
    settings.minimum_calls = 2;
    settings.failure_rate = 0.5;
    BreakerRig rig{settings};
    rig.calls(1, Outcome::transient);
    rig.calls(1, Outcome::success);  // 1 of 2, but a success
    CHECK(rig.breaker.state() == BreakerState::closed);
    rig.calls(1, Outcome::transient);
    CHECK(rig.breaker.state() == BreakerState::open);
    rig.bench.now += 5s;
    Frame trial;
    CHECK(rig.enter(trial));
    CHECK_FALSE(rig.call(Outcome::success));
    rig.cancel(trial);  // treated as a success
    CHECK(rig.breaker.state() == BreakerState::closed);
}

TEST_CASE("Failsafe: capacity is for trials at once; the successes and failures among them decide") {
    BreakerSettings settings = BreakerSettings::of(Dialect::failsafe);
    settings.half_open.calls = 3;
    settings.half_open.successes = 2;
    settings.half_open.failures = 2;  // more than capacity - successThreshold
    BreakerRig rig{settings};
    rig.calls(1, Outcome::transient);
    CHECK(rig.breaker.state() == BreakerState::open);
    rig.bench.now += 60s;
    rig.calls(1, Outcome::transient);
    CHECK(rig.breaker.state() == BreakerState::half_open);
    rig.calls(2, Outcome::success);
    CHECK(rig.breaker.state() == BreakerState::closed);
}

TEST_CASE("gobreaker: trips with the sixth failure in a row, and not where an interval has ended in between") {
    BreakerSettings settings = BreakerSettings::of(Dialect::gobreaker);
    settings.window = BreakerWindow{.interval = 60s};
    settings.failure_rate = 1;
    BreakerRig rig{settings};
    rig.calls(5, Outcome::transient);
    CHECK(rig.breaker.state() == BreakerState::closed);
    rig.bench.now += 60s;
    Frame early;
    CHECK(rig.enter(early));
    rig.bench.now += 1ns;
    rig.calls(5, Outcome::transient);
    rig.leave(early, Outcome::transient);  // of an earlier generation
    CHECK(rig.breaker.state() == BreakerState::closed);
    rig.calls(1, Outcome::transient);
    CHECK(rig.breaker.state() == BreakerState::open);
}

TEST_CASE("Hystrix: opens at a snapshot every 500 ms, reported with its time") {
    BreakerRig rig{BreakerSettings::of(Dialect::hystrix)};
    rig.bench.now = Instant{100ms};
    rig.calls(20, Outcome::transient);
    rig.bench.now = Instant{499ms};
    rig.calls(1, Outcome::transient);
    CHECK(rig.breaker.state() == BreakerState::closed);
    rig.bench.now = Instant{800ms};
    CHECK_FALSE(rig.call(Outcome::success));
    CHECK(rig.bench.record.moved_at.at(0) == Instant{500ms});
    rig.bench.now = Instant{5'500ms};
    CHECK_FALSE(rig.call(Outcome::success));
    rig.bench.now += 1ms;
    CHECK(rig.call(Outcome::success));
    CHECK(rig.breaker.state() == BreakerState::closed);
}

TEST_CASE("semian: everything runs while half-open, and the open time runs from the last error") {
    BreakerRig rig{BreakerSettings::of(Dialect::semian)};
    Frame early;
    CHECK(rig.enter(early));
    rig.calls(3, Outcome::timeout);
    CHECK(rig.breaker.state() == BreakerState::open);
    CHECK(last_reason(rig) == BreakerReason::failure_count);
    rig.bench.now += 9s;
    rig.leave(early, Outcome::timeout);
    rig.bench.now += 9s;
    CHECK_FALSE(rig.call(Outcome::success));
    rig.bench.now += 1s + 1ms;
    Frame trials[20];
    for (Frame& trial : trials) CHECK(rig.enter(trial));
    rig.leave(trials[0], Outcome::success);
    CHECK(rig.breaker.state() == BreakerState::closed);
}

TEST_CASE("Finagle: dead for 5 s to 300 s with equal jitter, by the clock") {
    BreakerRig rig{BreakerSettings::of(Dialect::finagle)};
    rig.calls(5, Outcome::unavailable);
    REQUIRE(rig.breaker.state() == BreakerState::open);
    const Instant opened = rig.bench.now;
    rig.bench.now += 400s;
    Frame frame;
    CHECK(rig.enter(frame));
    const Duration dead = rig.bench.record.moved_at.at(1) - opened;
    CHECK(dead >= 2'500ms);
    CHECK(dead <= 5s);
}

TEST_CASE("every dialect of a breaker is a set of settings that is right") {
    for (const Dialect dialect : BreakerSettings::dialects) {
        INFO(choice_name(dialect));
        CHECK(Complaints::about(BreakerSettings::of(dialect)).empty());
    }
}
