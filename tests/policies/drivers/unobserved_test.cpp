/// Without an observer the blocking driver takes a shorter way where no layer changes. Nobody can tell but by the
/// clock.

#include <rapidcheck.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>
#include <vector>

#include "policies/drivers/blocking.hpp"
#include "tests/policies/support/fake_clock.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;

namespace {

struct Step {
    Duration takes;
    Outcome outcome;
};

struct Told {
    std::uint32_t number;
    std::optional<Duration> time_left;
    Instant at;
    friend bool operator==(const Told&, const Told&) = default;
};

struct Ending {
    Outcome outcome;
    std::uint32_t attempts;
    bool from_attempt;
    Instant at;
    friend bool operator==(const Ending&, const Ending&) = default;
};

struct Story {
    std::vector<Told> told;
    std::vector<Ending> endings;
};

Story play(const StackSettings& settings, const std::vector<Step>& script, int calls, Observer* observer) {
    const Stack stack{settings};
    FakeClock clock;
    BlockingExecutor executor{{.seed = 7, .observer = observer, .clock = &clock}};
    Story story;
    for (int i = 0; i < calls; ++i) {
        const CallResult result = executor.run(stack.pipeline(), [&](const Attempt& attempt) {
            const Step& step = script[story.told.size() % script.size()];
            story.told.push_back({attempt.number, attempt.time_left, clock.now()});
            clock.advance(step.takes);
            return step.outcome;
        });
        story.endings.push_back({result.outcome, result.attempts, result.from_attempt, clock.now()});
        clock.advance(10ms);
    }
    return story;
}

std::vector<Step> any_script() {
    constexpr Outcome outcomes[] = {Outcome::success, Outcome::success, Outcome::success, Outcome::transient,
                                    Outcome::client_error};
    std::vector<Step> script;
    for (int i = *rc::gen::inRange(1, 30); i > 0; --i)
        script.push_back({Duration{1ms} * *rc::gen::inRange(0, 120), outcomes[*rc::gen::inRange(0, 5)]});
    return script;
}

}  // namespace

TEST_CASE("with or without an observer calls are told the same, and end the same at the same time") {
    CHECK(rc::check("for any script and stack", [] {
        const std::vector<Step> script = any_script();
        BreakerSettings breaker{.failure_threshold = *rc::gen::inRange(1U, 4U), .open_for = 300ms, .half_open = {2}};
        if (*rc::gen::inRange(0, 2) == 1) {
            breaker.window = BreakerWindow{*rc::gen::inRange(1U, 6U)};
            breaker.minimum_calls = 1;
        }
        StackSettings stack{FallbackSettings{},
                            RetrySettings{.max_attempts = 3, .backoff = ConstantBackoff{20ms}, .jitter = FullJitter{}},
                            breaker};
        if (*rc::gen::inRange(0, 2) == 1) stack.insert(stack.begin(), TimeoutSettings{250ms});
        if (*rc::gen::inRange(0, 2) == 1) stack.push_back(TimeoutSettings{100ms});
        if (*rc::gen::inRange(0, 4) == 1) stack.push_back(BulkheadSettings{.max_concurrent = 1});
        Observer observer;
        const Story observed = play(stack, script, 20, &observer);
        const Story unobserved = play(stack, script, 20, nullptr);
        RC_ASSERT(observed.told == unobserved.told);
        RC_ASSERT(observed.endings == unobserved.endings);
    }));
}

TEST_CASE("threads without an observer: attempts are as many as told, and a service that fails is left alone") {
    LiveStack stack{{TimeoutSettings{1s}, RetrySettings{.max_attempts = 2, .backoff = ConstantBackoff{50us}},
                     BreakerSettings{.failure_threshold = 3, .open_for = 1ms, .half_open = {2}}}};
    BlockingExecutor executor;
    std::atomic<std::uint64_t> invoked = 0;
    std::atomic<std::uint64_t> told = 0;
    std::atomic<std::uint64_t> ended = 0;
    std::atomic<std::uint64_t> refused = 0;
    constexpr int calls_each = 4000;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < calls_each; ++i) {
                const CallResult result = executor.run(stack, [&](const Attempt&) {
                    ++invoked;
                    return i / 256 % 4 == 3 ? Outcome::transient : Outcome::success;
                });
                told += result.attempts;
                ++ended;
                if (result.outcome == Outcome::breaker_open) ++refused;
            }
        });
    for (std::thread& thread : threads) thread.join();
    CHECK(ended == 8 * calls_each);
    CHECK(invoked == told);
    CHECK(refused > 0);
    std::this_thread::sleep_for(2ms);
    for (int i = 0; i < 3; ++i) executor.run(stack, [](const Attempt&) { return Outcome::success; });
    CHECK(executor.run(stack, [](const Attempt&) { return Outcome::success; }).outcome == Outcome::success);
}
