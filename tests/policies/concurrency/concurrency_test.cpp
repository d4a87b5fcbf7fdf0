/// The update rules against sequences worked out by hand.

#include "policies/concurrency/concurrency.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <deque>

#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

template <class Limit>
struct LimitLearner {
    template <class Settings>
    explicit LimitLearner(const Settings& settings) : limit(settings) {}

    Limit limit;
    Stream random{1};
    Instant now{};

    /// A call that took so long while so many were under way; answers the limit after it.
    std::uint32_t after(Duration latency, std::uint32_t under_way, bool dropped = false) {
        now += latency;
        limit.learn({now - latency, now, under_way, dropped, random});
        return limit.limit(now, random);
    }
};

}  // namespace

TEST_CASE("Netflix AIMD: one more at half use, times 0.9 rounded down for a drop or a slow call, within its bounds") {
    const AimdSettings settings{.initial = 20, .min = 10, .max = 22};
    LimitLearner<AimdLimit> learner{settings};
    CHECK(learner.after(10ms, 9) == 20);   // 18 < 20: not in use
    CHECK(learner.after(10ms, 10) == 21);  // 20 >= 20
    CHECK(learner.after(10ms, 10) == 21);  // 20 < 21
    CHECK(learner.after(10ms, 11) == 22);
    CHECK(learner.after(10ms, 22) == 22);        // max
    CHECK(learner.after(10ms, 22, true) == 19);  // 19.8
    CHECK(learner.after(5s, 1) == 19);           // at the timeout it is not slow yet
    CHECK(learner.after(5001ms, 1) == 17);       // 17.1
    for (const std::uint32_t expected : {15U, 13U, 11U, 10U, 10U}) CHECK(learner.after(1ms, 1, true) == expected);
}

TEST_CASE("Netflix AIMD at its defaults never goes below 20") {
    const AimdSettings settings;
    LimitLearner<AimdLimit> learner{settings};
    for (int i = 0; i < 50; ++i) CHECK(learner.after(1s, 20, true) == 20);
}

TEST_CASE(
    "Netflix Vegas: grows by beta while there is no queue, by one step while it is short, shrinks when it is long") {
    const VegasSettings settings{.initial = 20, .probe_multiplier = 1000};
    LimitLearner<VegasLimit> learner{settings};
    CHECK(learner.after(100ms, 20) == 20);       // the first latency is the best one
    CHECK(learner.after(100ms, 9) == 20);        // 18 < 20: not in use
    CHECK(learner.after(100ms, 10) == 26);       // queue 0 <= 1: + 6
    CHECK(learner.after(107ms, 26) == 27);       // queue ceil(26 * 7/107) = 2 < 3: + 1
    CHECK(learner.after(115ms, 27) == 27);       // queue ceil(27 * 15/115) = 4, from 3 to 6: as it is
    CHECK(learner.after(135ms, 27) == 26);       // queue ceil(27 * 35/135) = 7 > 6: - 1
    CHECK(learner.after(135ms, 1, true) == 25);  // a drop: - 1
    CHECK(learner.after(90ms, 25) == 25);        // a better latency is only noted
    CHECK(learner.after(90ms, 25) == 31);
}

TEST_CASE("Netflix Vegas: a step is the decimal logarithm of the limit, rounded down") {
    const VegasSettings settings{.initial = 100, .probe_multiplier = 1000};
    LimitLearner<VegasLimit> learner{settings};
    CHECK(learner.after(100ms, 100) == 100);
    CHECK(learner.after(100ms, 100) == 112);        // step 2: + 6 * 2
    CHECK(learner.after(100ms, 100, true) == 110);  // - 2
    const VegasSettings small{.initial = 99, .probe_multiplier = 1000};
    LimitLearner<VegasLimit> below{small};
    CHECK(below.after(100ms, 99) == 99);
    CHECK(below.after(100ms, 99) == 105);
}

TEST_CASE("Netflix Vegas: the best latency is forgotten after 0.5 to 1 times the multiplier times the limit calls") {
    const VegasSettings settings{.initial = 10, .max = 10, .probe_multiplier = 3};
    LimitLearner<VegasLimit> learner{settings};
    learner.after(50ms, 10);
    // With 50 ms as the best, 100 ms are a queue of 5: as it is. Forgotten, 100 ms become the best.
    int calls = 1;
    while (learner.after(100ms, 10, false) == 10 && calls < 40) ++calls;
    CHECK(calls == 40);  // max holds it at 10 either way
    const VegasSettings free{.initial = 10, .max = 1000, .probe_multiplier = 3};
    LimitLearner<VegasLimit> other{free};
    other.after(50ms, 10);
    calls = 1;
    while (other.after(100ms, 10) == 10) ++calls;
    CHECK(calls >= 15);
    CHECK(calls <= 31);
}

TEST_CASE("Netflix Gradient2: shrinks by tolerance * long / latency, at least by half, and adds the queue") {
    const Gradient2Settings settings{.initial = 100, .min = 1, .max = 1000, .smoothing = 1, .tolerance = 1};
    LimitLearner<Gradient2Limit> learner{settings};
    CHECK(learner.after(100ms, 100) == 104);  // long = latency: g = 1
    CHECK(learner.after(300ms, 104) == 73);   // long (100 + 300)/2 = 200: g = 2/3: 69.33 + 4
    CHECK(learner.after(1200ms, 73) == 40);   // long 1600/3 = 533.3: g = 0.4444, so 0.5: 36.67 + 4
    CHECK(learner.after(10ms, 10) == 40);     // 10 < 40.67/2: not in use
}

TEST_CASE("Netflix Gradient2: smoothing takes a fifth of each change, and drops are ignored") {
    const Gradient2Settings settings{.initial = 100, .min = 20, .max = 200};
    LimitLearner<Gradient2Limit> learner{settings};
    CHECK(learner.after(100ms, 100) == 100);        // 100 * 0.8 + 104 * 0.2 = 100.8
    CHECK(learner.after(100ms, 100, true) == 101);  // 101.6
}

TEST_CASE("Netflix Gradient2: the long-term mean decays by 5 % whenever it is above twice the latency") {
    const Gradient2Settings settings{.initial = 100, .min = 1, .max = 1000, .smoothing = 1, .tolerance = 1};
    LimitLearner<Gradient2Limit> learner{settings};
    learner.after(100ms, 1);
    learner.after(10ms, 1);  // mean 55 > 2 * 10: 52.25
    // The plain mean over the first ten calls does not see the decay: (100 + 10 + 110)/3 = 73.33.
    CHECK(learner.after(110ms, 100) == 70);  // 100 * 73.33/110 + 4 = 70.67
}

TEST_CASE("Envoy gradient: measures the best latency at the lowest limit, then follows best*(1+buffer)/latest") {
    const GradientSettings settings{.min = 3, .probe_jitter = 0, .probe_calls = 2};
    LimitLearner<GradientLimit> learner{settings};
    CHECK(learner.after(10ms, 1) == 3);
    CHECK(learner.limit.probing());
    CHECK(learner.after(10ms, 1) == 3);  // the best is 10 ms; the limit from before is 3, too
    CHECK_FALSE(learner.limit.probing());
    CHECK(learner.after(10ms, 1) == 3);
    learner.now += 100ms;
    // g = 12.5/10; 3.75 + sqrt(3.75) = 5.68
    CHECK(learner.limit.limit(learner.now, learner.random) == 5);
    CHECK(learner.after(25ms, 1) == 5);
    learner.now += 100ms;
    CHECK(learner.limit.limit(learner.now, learner.random) == 4);  // g = 0.5: 2.5 + 1.58
    learner.now += 10s;
    CHECK(learner.limit.limit(learner.now, learner.random) == 4);  // periods without a call change nothing
}

TEST_CASE("Envoy gradient: the ratio is at most 2 and at least a half") {
    const GradientSettings settings{.min = 3, .best_latency = 10ms};
    LimitLearner<GradientLimit> learner{settings};
    const auto next = [&](Duration latency) {
        learner.after(latency, 1);
        learner.now += 100ms;
        return learner.limit.limit(learner.now, learner.random);
    };
    CHECK(next(1ms) == 8);    // 6 + 2.45
    CHECK(next(1ms) == 20);   // 16 + 4
    CHECK(next(90ms) == 13);  // 10 + 3.16
}

TEST_CASE("Envoy gradient: five periods in a row at the lowest limit make it measure again") {
    const GradientSettings settings{.min = 3, .probe_every = 1h, .probe_jitter = 0, .probe_calls = 1};
    LimitLearner<GradientLimit> learner{settings};
    learner.after(10ms, 1);
    for (int period = 1; period <= 5; ++period) {
        CHECK_FALSE(learner.limit.probing());
        learner.after(40ms, 1);
        learner.now += 100ms;
        CHECK(learner.limit.limit(learner.now, learner.random) == 3);
    }
    CHECK(learner.limit.probing());
    CHECK(learner.after(40ms, 1) == 3);
    CHECK_FALSE(learner.limit.probing());
}

TEST_CASE("Envoy gradient: calls begun before the measurement count for nothing") {
    const GradientSettings settings{.probe_every = 1s, .probe_jitter = 0, .probe_calls = 1};
    LimitLearner<GradientLimit> learner{settings};
    learner.after(10ms, 1);
    learner.now += 2s;
    (void)learner.limit.limit(learner.now, learner.random);
    CHECK(learner.limit.probing());
    learner.limit.learn({Instant{900ms}, learner.now, 1, false, learner.random});
    CHECK(learner.limit.probing());
}

TEST_CASE("no more calls are under way than the limit allows when they enter, and none is lost") {
    CHECK(rc::check("for any strategy and any history", [] {
        ConcurrencySettings settings;
        const auto low = *rc::gen::inRange<std::uint32_t>(1, 4);
        switch (*rc::gen::inRange(0, 4)) {
            case 0:
                settings.strategy = AimdSettings{.initial = low, .min = 1, .max = 12};
                break;
            case 1:
                settings.strategy = VegasSettings{.initial = low, .max = 12};
                break;
            case 2:
                settings.strategy = Gradient2Settings{.initial = low, .min = 1, .max = 12};
                break;
            default:
                settings.strategy = GradientSettings{.min = low, .max = 12, .probe_every = 1s, .probe_calls = 3};
        }
        Bench bench;
        Concurrency layer{settings};
        std::deque<Frame> inside;
        for (int step = 0; step < 200; ++step) {
            bench.now += std::chrono::milliseconds{*rc::gen::inRange(0, 60)};
            Context context = bench.context();
            if (*rc::gen::inRange(0, 5) < 3) {
                Frame frame;
                const std::uint32_t limit = layer.limit(bench.now, bench.random);
                RC_ASSERT(limit >= 1U && limit <= 12U);
                const Entry entry = layer.enter(context, frame);
                RC_ASSERT((entry.kind == Entry::Kind::proceed) == (inside.size() < limit));
                if (entry.kind == Entry::Kind::proceed) inside.push_back(frame);
            } else if (!inside.empty()) {
                if (*rc::gen::inRange(0, 4) == 0)
                    layer.cancel(context, inside.front());
                else
                    (void)layer.leave(context, inside.front(),
                                      *rc::gen::arbitrary<bool>() ? Outcome::success : Outcome::timeout);
                inside.pop_front();
            }
            RC_ASSERT(layer.under_way() == inside.size());
        }
    }));
}

TEST_CASE("a limit that cannot be is a mistake") {
    CHECK(Complaints::about(AimdSettings{.initial = 5}) == std::vector<std::string>{"initial"});
    CHECK(Complaints::about(Gradient2Settings{.initial = 201}) == std::vector<std::string>{"initial"});
    CHECK(Complaints::about(VegasSettings{.alpha = 7}) == std::vector<std::string>{"beta"});
    CHECK(Complaints::about(GradientSettings{.min = 9, .max = 8}) == std::vector<std::string>{"min"});
    CHECK(Complaints::about(ConcurrencySettings{.ignore = {Outcome::timeout}}) == std::vector<std::string>{"ignore"});
}
