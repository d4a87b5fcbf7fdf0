#include "policies/live/stack.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "policies/core/same.hpp"
#include "policies/drivers/blocking.hpp"
#include "tests/policies/support/fake_clock.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;

namespace {

Outcome fails(const Attempt&) { return Outcome::unavailable; }
Outcome answers(const Attempt&) { return Outcome::success; }

BreakerSettings breaker(std::uint32_t threshold, Duration open_for = 10s) {
    return {.failure_threshold = threshold, .open_for = open_for, .half_open = {1}};
}

RetrySettings retrying(std::uint32_t attempts) {
    return {.max_attempts = attempts, .backoff = ConstantBackoff{1s}, .jitter = NoJitter{}};
}

struct StackRig {
    explicit StackRig(const StackSettings& settings) : stack(settings) {}

    Outcome run(Outcome (*attempt)(const Attempt&)) { return executor.run(stack, attempt).outcome; }

    FakeClock clock;
    BlockingExecutor executor{{.seed = 1, .clock = &clock}};
    LiveStack stack;
};

}  // namespace

TEST_CASE("a stack owns its layers and refuses settings that are out of range, naming all of them with their place") {
    CHECK(Stack{{TimeoutSettings{1s}, RetrySettings{}, BreakerSettings{}}}.pipeline().depth() == 3);
    try {
        Stack{{TimeoutSettings{1s}, TimeoutSettings{0s}, RetrySettings{.max_attempts = 0}}};
        FAIL("it was taken");
    } catch (const std::invalid_argument& invalid) {
        const std::string what = invalid.what();
        CHECK(what.find("layer 1: timeout.after: is 0") == 0);
        CHECK(what.find("\nlayer 2: retry.max_attempts: is 0") != std::string::npos);
    }
    CHECK_THROWS_AS(Stack{StackSettings(max_layers + 1, TimeoutSettings{1s})}, std::invalid_argument);
}

TEST_CASE("new calls go through the new settings") {
    StackRig rig{{retrying(2)}};
    CHECK(rig.executor.run(rig.stack, fails).attempts == 2);
    rig.executor.swap(rig.stack, {retrying(5)});
    CHECK(rig.executor.run(rig.stack, fails).attempts == 5);
    rig.executor.swap(rig.stack, {});
    CHECK(rig.executor.run(rig.stack, fails).attempts == 1);
}

TEST_CASE("a call under way finishes on the settings under which it began") {
    StackRig rig{{retrying(4)}};
    const CallResult result = rig.executor.run(rig.stack, [&](const Attempt& attempt) {
        if (attempt.number == 2) rig.executor.swap(rig.stack, {TimeoutSettings{1ms}, retrying(1)});
        return Outcome::transient;
    });
    CHECK(result.outcome == Outcome::transient);
    CHECK(result.attempts == 4);
    CHECK(rig.executor.run(rig.stack, fails).attempts == 1);
}

TEST_CASE("wrong settings are refused and change nothing") {
    StackRig rig{{retrying(3), breaker(5)}};
    CHECK_THROWS_AS(rig.executor.swap(rig.stack, {retrying(1), breaker(1), TimeoutSettings{}}), std::invalid_argument);
    CHECK(rig.executor.run(rig.stack, fails).attempts == 3);
}

TEST_CASE("a hedge is refused in a swap by the driver that cannot hedge, and nothing changes") {
    StackRig rig{{retrying(3)}};
    CHECK_THROWS_AS(rig.executor.swap(rig.stack, {retrying(1), HedgeSettings{.after = 1s}}), std::invalid_argument);
    CHECK(rig.executor.run(rig.stack, fails).attempts == 3);
}

TEST_CASE("an open breaker stays open over a swap, also where layers were put around it") {
    StackRig rig{{breaker(2)}};
    rig.run(fails);
    rig.run(fails);
    REQUIRE(rig.run(answers) == Outcome::breaker_open);
    rig.executor.swap(rig.stack, {TimeoutSettings{30s}, breaker(9), TimeoutSettings{1s}});
    CHECK(rig.run(answers) == Outcome::breaker_open);
    rig.executor.swap(rig.stack, {breaker(9, 3s)});  // and follows its new open time, counted from when it opened
    rig.clock.advance(3s);
    CHECK(rig.run(answers) == Outcome::success);
}

TEST_CASE("failures counted before a swap count after it, against the new threshold") {
    StackRig rig{{breaker(5)}};
    rig.run(fails);
    rig.run(fails);
    rig.executor.swap(rig.stack, {breaker(3)});
    rig.run(fails);
    CHECK(rig.run(answers) == Outcome::breaker_open);
}

TEST_CASE("a breaker's window keeps the newest outcomes when its size changes") {
    const auto window = [](std::uint32_t count, std::uint32_t minimum) {
        BreakerSettings settings{.window = BreakerWindow{count}, .failure_rate = 0.75, .minimum_calls = minimum};
        return settings;
    };
    StackRig rig{{window(8, 8)}};
    for (int i = 0; i < 4; ++i) rig.run(answers);
    for (int i = 0; i < 3; ++i) rig.run(fails);
    rig.executor.swap(rig.stack, {window(4, 4)});  // an answer and three failures are left
    rig.run(fails);
    CHECK(rig.run(answers) == Outcome::breaker_open);
}

TEST_CASE("a half-open breaker whose number of trials changes begins its trials anew, and does not get stuck") {
    BreakerSettings three = breaker(1);
    three.half_open.calls = 3;
    StackRig rig{{three}};
    rig.run(fails);
    rig.clock.advance(10s);
    CHECK(rig.run(answers) == Outcome::success);
    CHECK(rig.run(answers) == Outcome::success);  // two of three
    BreakerSettings two = three;
    two.half_open.calls = 2;
    rig.executor.swap(rig.stack, {two});
    CHECK(rig.run(answers) == Outcome::success);
    CHECK(rig.run(answers) == Outcome::success);
    CHECK(rig.run(fails) == Outcome::unavailable);  // closed by now: it opens on this very failure
    CHECK(rig.run(answers) == Outcome::breaker_open);
}

TEST_CASE("a bulkhead goes on counting calls that went in before the swap") {
    StackRig rig{{BulkheadSettings{.max_concurrent = 1}}};
    rig.executor.run(rig.stack, [&](const Attempt&) {
        rig.executor.swap(rig.stack, {TimeoutSettings{9s}, BulkheadSettings{.max_concurrent = 1}});
        CHECK(rig.run(answers) == Outcome::bulkhead_full);
        rig.executor.swap(rig.stack, {BulkheadSettings{.max_concurrent = 2}});
        CHECK(rig.run(answers) == Outcome::success);
        return Outcome::success;
    });
    CHECK(rig.run(answers) == Outcome::success);
}

TEST_CASE("a bulkhead with fewer places than calls inside lets nobody in until enough have left") {
    StackRig rig{{BulkheadSettings{.max_concurrent = 3}}};
    const auto nested = [&](auto&& self, int depth) -> Outcome {
        return rig.executor
            .run(rig.stack,
                 [&](const Attempt&) {
                     if (depth > 1) CHECK(self(self, depth - 1) == Outcome::success);
                     if (depth == 1) rig.executor.swap(rig.stack, {BulkheadSettings{.max_concurrent = 2}});
                     // Depth calls are inside here: 3 at depth 1, then 2, then 1.
                     if (depth == 3) CHECK(rig.run(answers) == Outcome::success);
                     if (depth < 3) CHECK(rig.run(answers) == Outcome::bulkhead_full);
                     return Outcome::success;
                 })
            .outcome;
    };
    CHECK(nested(nested, 3) == Outcome::success);
}

TEST_CASE("calls that wait in a bulkhead get new places at once") {
    struct Started : Observer {
        std::atomic<int> calls = 0;
        void call_started(CallRef, Instant) override { ++calls; }
    } started;
    BlockingExecutor executor{{.observer = &started}};
    LiveStack stack{{BulkheadSettings{.max_concurrent = 1, .max_waiting = 1}}};
    executor.run(stack, [&](const Attempt&) {
        std::thread waiting([&] { CHECK(executor.run(stack, answers).outcome == Outcome::success); });
        while (started.calls < 2) std::this_thread::yield();
        // The lock that the swap takes is given back only when the second call waits.
        executor.swap(stack, {BulkheadSettings{.max_concurrent = 2, .max_waiting = 1}});
        waiting.join();  // although the call that has the first place is still inside
        return Outcome::success;
    });
}

TEST_CASE("the second breaker of a stack takes over from the second one, and keeps its number") {
    struct Numbers : Observer {
        std::vector<std::uint32_t> opened;
        void breaker_changed(Instant, const BreakerTransition& change) override { opened.push_back(change.breaker); }
    } numbers;
    FakeClock clock;
    BlockingExecutor executor{{.seed = 1, .observer = &numbers, .clock = &clock}};
    BreakerSettings patient = breaker(9);
    LiveStack stack{{patient, breaker(3)}, 40};
    executor.run(stack, fails);
    executor.swap(stack, {TimeoutSettings{1s}, patient, retrying(1), breaker(2)});
    executor.run(stack, fails);
    CHECK(numbers.opened == std::vector<std::uint32_t>{41});
}

TEST_CASE("settings are the same where every value in them is, at any depth") {
    const RetrySettings one{.max_attempts = 3, .backoff = ConstantBackoff{1s}, .jitter = ProportionalJitter{0.2}};
    RetrySettings other = one;
    CHECK(same(LayerSettings{one}, LayerSettings{other}));
    other.jitter = ProportionalJitter{0.3};
    CHECK_FALSE(same(LayerSettings{one}, LayerSettings{other}));
    other = one;
    other.backoff = LinearBackoff{};
    CHECK_FALSE(same(LayerSettings{one}, LayerSettings{other}));
    BreakerSettings window{.window = BreakerWindow{10}};
    CHECK_FALSE(same(window, BreakerSettings{}));
    CHECK_FALSE(same(window, BreakerSettings{.window = BreakerWindow{11}}));
    CHECK(same(window, BreakerSettings{.window = BreakerWindow{10}}));
    CHECK_FALSE(same(LayerSettings{one}, LayerSettings{window}));
}
