#include "policies/rate_limit/rate_limit.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <deque>

#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

struct LimitRig {
    explicit LimitRig(RateLimitSettings chosen) : settings(std::move(chosen)) {}

    RateLimitSettings settings;
    Bench bench;
    RateLimit limit{settings};
    Frame frame;

    Entry at(Duration since_start) {
        bench.now = Instant{since_start};
        Context context = bench.context();
        return limit.enter(context, frame = Frame{});
    }
    /// How long the call waits; `no_timer` where it is refused at once.
    Duration wait(Duration since_start) {
        const Entry entry = at(since_start);
        if (entry.kind == Entry::Kind::proceed) return Duration::zero();
        if (entry.kind == Entry::Kind::wait) return entry.timer;
        CHECK(entry.outcome == Outcome::rate_limited);
        return no_timer;
    }
    Verdict timer() {
        Context context = bench.context();
        return limit.timer(context, frame);
    }
};

RateLimitStrategy any_strategy(std::uint32_t limit, Duration period) {
    const auto rate = Rate{limit / to_seconds(period)};
    switch (*rc::gen::inRange(0, 5)) {
        case 0:
            return TokenBucketSettings{rate, limit};
        case 1:
            return TokenBucketSettings{rate, limit, period};
        case 2:
            return FixedCycleSettings{limit, period};
        case 3:
            return SmoothSettings{rate, *rc::gen::arbitrary<bool>()};
        default:
            return SlidingWindowSettings{limit, period, 4};
    }
}

}  // namespace

TEST_CASE("a token bucket lets a burst through, then one call for each token that comes") {
    LimitRig rig{{.strategy = TokenBucketSettings{Rate{10}, 3}}};
    CHECK(rig.wait(1s) == 0s);
    CHECK(rig.wait(1s) == 0s);
    CHECK(rig.wait(1s) == 0s);
    CHECK(rig.wait(1s) == no_timer);
    CHECK(rig.wait(1s + 99ms) == no_timer);
    CHECK(rig.wait(1s + 100ms) == 0s);
    CHECK(rig.wait(1s + 150ms) == no_timer);
    CHECK(rig.wait(5s) == 0s);
    CHECK(rig.wait(5s) == 0s);
    CHECK(rig.wait(5s) == 0s);
    CHECK(rig.wait(5s) == no_timer);
}

TEST_CASE("Envoy local rate limit: tokens come all together at the edges of the fill interval, up to max_tokens") {
    LimitRig rig{{.strategy = TokenBucketSettings{Rate{4}, 3, 500ms}}};  // two tokens a fill
    for (int i = 0; i < 3; ++i) CHECK(rig.wait(100ms) == 0s);
    CHECK(rig.wait(499ms) == no_timer);
    CHECK(rig.wait(500ms) == 0s);
    CHECK(rig.wait(510ms) == 0s);
    CHECK(rig.wait(990ms) == no_timer);
    for (int i = 0; i < 3; ++i) CHECK(rig.wait(3s) == 0s);
    CHECK(rig.wait(3s) == no_timer);
}

TEST_CASE("resilience4j: permissions go negative, and a caller waits for the cycle in which its own comes") {
    LimitRig rig{{.strategy = FixedCycleSettings{2, 1s}, .max_wait = 5s}};
    CHECK(rig.wait(300ms) == 0s);
    CHECK(rig.wait(300ms) == 0s);
    CHECK(rig.wait(400ms) == 600ms);
    CHECK(rig.timer().kind == Verdict::Kind::proceed);
    CHECK(rig.wait(500ms) == 500ms);
    CHECK(rig.wait(500ms) == 1500ms);
    CHECK(rig.wait(1s) == 1s);  // the first two of this cycle were taken in advance
    CHECK(rig.wait(1200ms) == 1800ms);
}

TEST_CASE("resilience4j: a caller that is refused is told so only when its timeout is over") {
    LimitRig rig{{.strategy = FixedCycleSettings{1, 1s}, .max_wait = 200ms, .refuse_late = true}};
    CHECK(rig.wait(0s) == 0s);
    CHECK(rig.wait(100ms) == 200ms);
    const Verdict verdict = rig.timer();
    CHECK(verdict.kind == Verdict::Kind::cut);
    CHECK(verdict.outcome == Outcome::rate_limited);
    CHECK(rig.wait(900ms) == 100ms);
    CHECK(rig.timer().kind == Verdict::Kind::proceed);
}

TEST_CASE("a fixed cycle lets a double burst through across an edge, as Failsafe's bursty limiter does") {
    LimitRig rig{{.strategy = FixedCycleSettings{5, 1s}}};
    for (int i = 0; i < 5; ++i) CHECK(rig.wait(999ms) == 0s);
    for (int i = 0; i < 5; ++i) CHECK(rig.wait(1s) == 0s);
    CHECK(rig.wait(1s) == no_timer);
}

TEST_CASE("smooth: one call an interval, the first free") {
    LimitRig rig{{.strategy = SmoothSettings{Rate{10}}, .max_wait = 250ms}};
    CHECK(rig.wait(50ms) == 0s);
    CHECK(rig.wait(60ms) == 90ms);
    CHECK(rig.wait(70ms) == 180ms);
    CHECK(rig.wait(80ms) == no_timer);  // would be 270 ms, and takes no turn
    CHECK(rig.wait(110ms) == 240ms);
}

TEST_CASE("Failsafe smooth: intervals lie on a grid, so that two calls may be closer than an interval") {
    LimitRig rig{{.strategy = SmoothSettings{Rate{10}, true}, .max_wait = 1s}};
    CHECK(rig.wait(90ms) == 0s);
    CHECK(rig.wait(95ms) == 5ms);
    CHECK(rig.wait(95ms) == 105ms);
    CHECK(rig.wait(990ms) == 0s);
    CHECK(rig.wait(1s) == 0s);
}

TEST_CASE("a sliding window gives back what a segment took when it leaves the window") {
    LimitRig rig{{.strategy = SlidingWindowSettings{3, 1s, 4}, .max_wait = 600ms}};
    CHECK(rig.wait(100ms) == 0s);
    CHECK(rig.wait(300ms) == 0s);
    CHECK(rig.wait(600ms) == 0s);
    CHECK(rig.wait(700ms) == 300ms);  // the first segment leaves at 1 s
    CHECK(rig.wait(700ms) == 550ms);  // the second one at 1.25 s
    CHECK(rig.wait(700ms) == no_timer);
    CHECK(rig.wait(1500ms) == 0s);
}

TEST_CASE("nobody waits beyond a deadline for a turn") {
    LimitRig rig{{.strategy = FixedCycleSettings{1, 1s}, .max_wait = 10s}};
    rig.bench.facts.deadline = Instant{900ms};
    CHECK(rig.wait(100ms) == 0s);
    CHECK(rig.wait(100ms) == no_timer);
    rig.bench.facts.deadline = Instant{1s};
    CHECK(rig.wait(100ms) == 900ms);
}

TEST_CASE(
    "no limiter lets more calls through in any period than twice its limit, and one that slides not more than it") {
    CHECK(rc::check("for any strategy, load and waiting time", [] {
        const auto limit = *rc::gen::inRange<std::uint32_t>(1, 6);
        const Duration period = 1s;
        const RateLimitStrategy strategy = any_strategy(limit, period);
        const bool slides = std::holds_alternative<SlidingWindowSettings>(strategy);
        LimitRig rig{{.strategy = strategy, .max_wait = std::chrono::milliseconds{*rc::gen::inRange(0, 3000)}}};
        std::deque<Instant> through;
        Instant last{};
        Duration now{};
        for (int call = 0; call < 60; ++call) {
            now += std::chrono::milliseconds{*rc::gen::inRange(0, 300)};
            const Duration wait = rig.wait(now);
            if (wait == no_timer) continue;
            RC_ASSERT(wait <= rig.settings.max_wait);
            const Instant turn = rig.bench.now + wait;
            RC_ASSERT(turn >= last);  // turns are given in order
            last = turn;
            through.push_back(turn);
            // A segment's width less: what is in one segment leaves the window together.
            while (turn - through.front() >= (slides ? period * 3 / 4 : period)) through.pop_front();
            RC_ASSERT(through.size() <= (slides ? limit : 2 * limit));
        }
    }));
}

TEST_CASE("what no limiter can do is a mistake") {
    CHECK(Complaints::about(TokenBucketSettings{Rate{1}, 5, 100ms}) == std::vector<std::string>{"refill_every"});
    CHECK(Complaints::about(SlidingWindowSettings{1, 10ns, 20}) == std::vector<std::string>{"segments"});
}
