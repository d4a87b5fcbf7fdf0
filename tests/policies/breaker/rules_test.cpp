/// What the reference model leaves out: modes, waiting, ramps, moves by the clock, spread open times, the controller.

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/policies/breaker/rig.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

BreakerSettings quick(HalfOpenSettings half_open = {.calls = 1}) {
    return {.failure_threshold = 1, .open_for = 10s, .half_open = half_open};
}

/// Enters a call that must wait, under its own id.
Frame waiting(BreakerRig& rig, std::uint32_t id) {
    Frame frame;
    Context context = rig.bench.context(id);
    CHECK(rig.breaker.enter(context, frame).kind == Entry::Kind::wait);
    return frame;
}

Entry::Kind resume(BreakerRig& rig, Frame& frame, std::uint32_t id) {
    Context context = rig.bench.context(id);
    return rig.breaker.resume(context, frame).kind;
}

double share_let_through(BreakerRig& rig) {
    int through = 0;
    for (int i = 0; i < 4'000; ++i) {
        Frame frame;
        if (!rig.enter(frame)) continue;
        ++through;
        rig.cancel(frame);
    }
    return through / 4'000.0;
}

}  // namespace

TEST_CASE("a breaker that is forced open refuses all, one that is forced closed counts nothing") {
    BreakerSettings open = quick();
    open.mode = BreakerMode::forced_open;
    BreakerRig refuses{open};
    CHECK_FALSE(refuses.call(Outcome::success));
    refuses.bench.now += 1h;
    CHECK_FALSE(refuses.call(Outcome::success));
    REQUIRE(refuses.bench.record.transitions.size() == 1);
    CHECK(refuses.bench.record.transitions[0].reason == BreakerReason::forced);
    BreakerSettings closed = quick();
    closed.mode = BreakerMode::forced_closed;
    BreakerRig passes{closed};
    passes.calls(20, Outcome::transient);
    CHECK(passes.bench.record.transitions.empty());
    const BreakerSettings normal = quick();
    refuses.breaker.change(normal);  // is tried like one whose time is over
    CHECK(refuses.call(Outcome::success));
    CHECK(refuses.breaker.state() == BreakerState::closed);
}

TEST_CASE("metrics only: moves as it would have and lets every call through") {
    BreakerSettings shadow = quick();
    BreakerRig real{shadow};
    shadow.mode = BreakerMode::metrics_only;
    BreakerRig rig{shadow};
    for (const Outcome outcome : {Outcome::transient, Outcome::success, Outcome::success, Outcome::transient}) {
        CHECK(rig.call(outcome));
        real.call(outcome);
        rig.bench.now += 6s;
        real.bench.now += 6s;
        CHECK(rig.breaker.state() == real.breaker.state());
    }
    CHECK(rig.bench.record.transitions.size() == real.bench.record.transitions.size());
}

TEST_CASE("calls that come during a trial wait, and go on in their order once it succeeds") {
    BreakerRig rig{quick({.calls = 1, .others = Others::wait, .max_waiting = 2})};
    rig.to_half_open();
    Frame trial;
    REQUIRE(rig.enter(trial));
    Frame first = waiting(rig, 1);
    Frame second = waiting(rig, 2);
    CHECK_FALSE(rig.call(Outcome::success));  // the room is full
    rig.leave(trial, Outcome::success);
    REQUIRE(rig.bench.woken.size() == 2);
    CHECK(rig.bench.woken[0].id == 1);
    CHECK(rig.bench.woken[1].id == 2);
    CHECK(resume(rig, first, 1) == Entry::Kind::proceed);
    CHECK(resume(rig, second, 2) == Entry::Kind::proceed);
    rig.leave(first, Outcome::success);
    rig.leave(second, Outcome::transient);
    CHECK(rig.breaker.state() == BreakerState::open);
}

TEST_CASE("calls that wait are refused when the trial fails, and try themselves when it gives its permit back") {
    BreakerRig rig{quick({.calls = 1, .others = Others::wait})};
    rig.to_half_open();
    Frame trial;
    REQUIRE(rig.enter(trial));
    Frame first = waiting(rig, 1);
    Frame second = waiting(rig, 2);
    rig.leave(trial, Outcome::client_error);
    CHECK(resume(rig, first, 1) == Entry::Kind::proceed);
    CHECK(resume(rig, second, 2) == Entry::Kind::wait);
    rig.leave(first, Outcome::transient);
    CHECK(resume(rig, second, 2) == Entry::Kind::refuse);
}

TEST_CASE("a call that waits and is cut leaves the room") {
    BreakerRig rig{quick({.calls = 1, .others = Others::wait, .max_waiting = 1})};
    rig.to_half_open();
    Frame trial;
    REQUIRE(rig.enter(trial));
    Frame gone = waiting(rig, 1);
    rig.cancel(gone);
    Frame stays = waiting(rig, 2);
    rig.leave(trial, Outcome::success);
    REQUIRE(rig.bench.woken.size() == 1);
    CHECK(rig.bench.woken[0].id == 2);
    CHECK(resume(rig, stays, 2) == Entry::Kind::proceed);
}

TEST_CASE("calls that wait are woken when the half-open time is over") {
    BreakerRig rig{quick({.calls = 1, .others = Others::wait, .max_wait = 5s})};
    rig.to_half_open();
    Frame trial;
    REQUIRE(rig.enter(trial));
    rig.bench.now += 2s;
    Frame frame;
    Context context = rig.bench.context(1);
    const Entry entry = rig.breaker.enter(context, frame);
    REQUIRE(entry.kind == Entry::Kind::wait);
    CHECK(entry.timer == 3s);
    rig.bench.now += 3s;
    Context then = rig.bench.context(1);
    CHECK(rig.breaker.timer(then, frame).kind == Verdict::Kind::nothing);
    CHECK(rig.bench.woken.size() == 1);
    CHECK(resume(rig, frame, 1) == Entry::Kind::refuse);
}

TEST_CASE("a timed breaker is half-open from the end of its open time on, told with that time") {
    BreakerRig rig{quick({.calls = 1, .timed = true})};
    Frame early;
    CHECK(rig.enter(early));
    rig.open();
    rig.bench.now += 10s;
    rig.leave(early, Outcome::success);  // at the very time of the move what ends comes first
    CHECK(rig.breaker.state() == BreakerState::open);
    rig.bench.now += 5s;
    CHECK(rig.call(Outcome::success));
    CHECK(rig.bench.record.moved_at.at(1) == Instant{10s});
    BreakerRig asked{quick({.calls = 1, .timed = true})};
    asked.open();
    asked.breaker.catch_up(Instant{10s}, asked.bench.random, asked.bench.record, asked.bench);
    CHECK(asked.breaker.state() == BreakerState::half_open);
}

TEST_CASE("half-open without a decision and open again by the clock, turn by turn") {
    BreakerRig rig{quick({.calls = 1, .max_wait = 5s, .timed = true})};
    rig.open();
    rig.breaker.catch_up(Instant{26s}, rig.bench.random, rig.bench.record, rig.bench);
    CHECK(rig.bench.record.moved_at == std::vector<Instant>{Instant{}, Instant{10s}, Instant{15s}, Instant{25s}});
    CHECK(rig.breaker.state() == BreakerState::half_open);
}

TEST_CASE("after closing a ramp lets a share through that grows to all") {
    BreakerSettings settings = quick();
    settings.ramp = RampSettings{.over = 10s, .from = 0.2};
    BreakerRig rig{settings};
    CHECK(share_let_through(rig) == 1);  // it has not been open
    rig.to_half_open();
    rig.calls(1, Outcome::success);
    REQUIRE(rig.breaker.state() == BreakerState::closed);
    CHECK(share_let_through(rig) == Approx(0.2).margin(0.03));
    rig.bench.now += 5s;
    CHECK(share_let_through(rig) == Approx(0.6).margin(0.03));
    rig.bench.now += 5s;
    CHECK(share_let_through(rig) == 1);
}

TEST_CASE("open times grow and are spread, both together") {
    BreakerSettings settings = quick();
    settings.open_backoff = ExponentialBackoff{.initial = 10s, .multiplier = 2, .max = 30s};
    settings.open_jitter = ProportionalJitter{0.1};
    Duration least{1h};
    Duration most{};
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        BreakerRig rig{settings};
        rig.bench.random = Stream{seed};
        rig.open();
        for (int i = 0; i < 3; ++i) {
            rig.bench.now += 40s;
            rig.call(Outcome::transient);
        }
        const Instant opened = rig.bench.now;  // for the fourth time: at the cap
        while (!rig.call(Outcome::success)) rig.bench.now += 100ms;
        least = std::min(least, rig.bench.now - opened);
        most = std::max(most, rig.bench.now - opened);
    }
    CHECK(least >= 27s);
    CHECK(most <= 33'100ms);
    CHECK(most - least >= 3s);
}

TEST_CASE("a slow call is counted from when it was let through, also where it waited") {
    BreakerSettings settings = quick({.calls = 1, .others = Others::wait});
    settings.failure_threshold = 100;
    settings.window = BreakerWindow{.count = 1};
    settings.minimum_calls = 1;
    settings.slow_after = 1s;
    BreakerRig rig{settings};
    Frame slow;
    CHECK(rig.enter(slow));
    rig.bench.now += 2s;
    rig.leave(slow, Outcome::success);
    REQUIRE(rig.breaker.state() == BreakerState::open);
    CHECK(rig.bench.record.transitions.back().reason == BreakerReason::slow_rate);
    rig.bench.now += 10s;
    Frame trial;
    REQUIRE(rig.enter(trial));
    Frame later = waiting(rig, 1);
    rig.bench.now += 5s;
    rig.leave(trial, Outcome::success);
    REQUIRE(resume(rig, later, 1) == Entry::Kind::proceed);
    rig.bench.now += 500ms;
    rig.leave(later, Outcome::success);
    CHECK(rig.breaker.state() == BreakerState::closed);
}

TEST_CASE("an adaptive breaker refuses about as much as fails beyond what is usual, and gives it up again") {
    BreakerSettings settings;
    settings.adaptive = AdaptiveSettings{};
    BreakerRig rig{settings};
    Stream fails{5};
    const auto live = [&](int seconds, double rate) {
        int refused = 0;
        for (int i = 0; i < seconds * 100; ++i) {
            rig.bench.now += 10ms;
            if (!rig.call(fails.uniform() < rate ? Outcome::transient : Outcome::success)) ++refused;
        }
        return refused / (seconds * 100.0);
    };
    CHECK(live(30, 0.01) < 0.01);
    const double during = live(120, 0.8);
    CHECK(during > 0.3);
    CHECK(during < 0.95);
    live(120, 0.01);
    CHECK(live(30, 0.01) < 0.02);
    CHECK(rig.bench.record.transitions.empty());
}

TEST_CASE("settings of a breaker that cannot work together are mistakes") {
    const auto about = [](auto change) {
        BreakerSettings settings;
        change(settings);
        return Complaints::about(settings);
    };
    using Fields = std::vector<std::string>;
    CHECK(about([](BreakerSettings& s) { s.failure_rate = 0.5; }) == Fields{"failure_rate"});
    CHECK(about([](BreakerSettings& s) { s.failure_count = 5; }) == Fields{"failure_count"});
    CHECK(about([](BreakerSettings& s) { s.slow_rate = 0.5; }) == Fields{"slow_rate", "slow_rate"});
    CHECK(about([](BreakerSettings& s) { s.judged_every = 1s; }) == Fields{"judged_every"});
    CHECK(about([](BreakerSettings& s) { s.rate_of = RateOf::calls; }) == Fields{"rate_of"});
    CHECK(about([](BreakerSettings& s) { s.half_open.successes = 4; }) == Fields{"half_open"});
    CHECK(about([](BreakerSettings& s) { s.half_open.decides = Decides::rates; }) == Fields{"half_open"});
    Complaints complaints;
    BreakerWindow{.count = 1, .time = 1s}.check(complaints);
    BreakerWindow{}.check(complaints);
    CHECK(complaints.all.size() == 2);
}
