/// Real threads and real time, through one shared pipeline. Meant to be run under the thread sanitizer as well.

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>
#include <vector>

#include "policies/drivers/blocking.hpp"
#include "policies/stack.hpp"

using namespace stampede;
using namespace std::chrono_literals;

namespace {

/// The hooks run under the executor's lock: plain numbers are safe.
struct ThreadCounts : Observer {
    int calls = 0, finished = 0, attempts = 0, settled = 0, abandoned = 0, refused_calls = 0, transitions = 0;

    void call_started(CallRef, Instant) override { ++calls; }
    void call_finished(CallRef, Instant, Outcome, std::uint32_t) override { ++finished; }
    void attempt_started(CallRef, Instant, std::uint32_t) override { ++attempts; }
    void attempt_settled(CallRef, Instant, std::uint32_t, Outcome) override { ++settled; }
    void attempt_abandoned(CallRef, Instant, std::uint32_t, std::uint8_t) override { ++abandoned; }
    void refused(CallRef, Instant, Outcome) override { ++refused_calls; }
    void breaker_changed(Instant, const BreakerTransition&) override { ++transitions; }
};

template <class F>
void in_threads(int n, F work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < n; ++i) threads.emplace_back(work, i);
    for (std::thread& thread : threads) thread.join();
}

}  // namespace

TEST_CASE("eight threads share a pipeline: nothing is lost and the bulkhead holds") {
    const RetrySettings retry_settings{.max_attempts = 3, .backoff = ConstantBackoff{200us}, .jitter = FullJitter{}};
    const BreakerSettings breaker_settings{.failure_threshold = 4, .open_for = 1ms, .half_open = {2}};
    const BulkheadSettings bulkhead_settings{.max_concurrent = 3, .max_waiting = 3, .max_wait = 1ms};
    Timeout total{{20ms}};
    Retry retry{retry_settings};
    Breaker breaker{breaker_settings, 0};
    Bulkhead bulkhead{bulkhead_settings};
    Timeout each{{500us}};
    const Pipeline pipeline{{&total, &retry, &breaker, &bulkhead, &each}};

    ThreadCounts counts;
    BlockingExecutor executor{{.observer = &counts}};
    std::atomic<int> inside = 0;
    std::atomic<int> most_inside = 0;
    std::atomic<int> invoked = 0;
    std::atomic<int> ended = 0;
    std::atomic<int> attempts_of_results = 0;
    constexpr int calls_each = 150;
    in_threads(8, [&](int thread) {
        for (int i = 0; i < calls_each; ++i) {
            const CallResult result = executor.run(pipeline, [&](const Attempt&) {
                const int now = ++inside;
                ++invoked;
                for (int most = most_inside; now > most && !most_inside.compare_exchange_weak(most, now);) {
                }
                if (i % 16 == 0) std::this_thread::sleep_for(1ms);
                const Outcome outcome = (i + thread) % 3 == 0 ? Outcome::transient : Outcome::success;
                --inside;
                return outcome;
            });
            ++ended;
            attempts_of_results += static_cast<int>(result.attempts);
        }
    });
    CHECK(ended == 8 * calls_each);
    CHECK(counts.calls == 8 * calls_each);
    CHECK(counts.finished == counts.calls);
    CHECK(counts.attempts == counts.settled + counts.abandoned);
    CHECK(counts.attempts == attempts_of_results);
    CHECK(invoked <= counts.attempts);
    CHECK(invoked >= counts.settled);
    CHECK(invoked > 0);
    CHECK(most_inside <= 3);
    CHECK(bulkhead.inside() == 0);
    CHECK(bulkhead.waiting() == 0);
}

TEST_CASE("a thread that waits in a bulkhead goes on as soon as another leaves") {
    const BulkheadSettings settings{.max_concurrent = 1, .max_waiting = 8};
    Bulkhead bulkhead{settings};
    const Pipeline pipeline{{&bulkhead}};
    BlockingExecutor executor;
    int unguarded = 0;  // the bulkhead alone keeps the threads apart
    in_threads(8, [&](int) {
        for (int i = 0; i < 50; ++i) executor.call(pipeline, [&](const Attempt&) { ++unguarded; });
    });
    CHECK(unguarded == 400);
}

TEST_CASE("a thread that waits too long in a bulkhead is refused") {
    const BulkheadSettings settings{.max_concurrent = 1, .max_waiting = 1, .max_wait = 5ms};
    Bulkhead bulkhead{settings};
    const Pipeline pipeline{{&bulkhead}};
    BlockingExecutor executor;
    executor.call(pipeline, [&](const Attempt&) {
        const auto before = std::chrono::steady_clock::now();
        Outcome other = Outcome::success;
        std::thread([&] {
            other = executor.run(pipeline, [](const Attempt&) { return Outcome::success; }).outcome;
        }).join();
        CHECK(other == Outcome::bulkhead_full);
        CHECK(std::chrono::steady_clock::now() - before >= 5ms);
    });
}

TEST_CASE("a back-off really takes its time, and other threads are not held up by it") {
    const RetrySettings settings{.max_attempts = 2, .backoff = ConstantBackoff{50ms}, .jitter = NoJitter{}};
    Retry retry{settings};
    const Pipeline patient{{&retry}};
    const Pipeline bare;
    BlockingExecutor executor;
    std::atomic<bool> backing_off = false;
    std::atomic<int> meanwhile = 0;
    std::thread other([&] {
        while (!backing_off) std::this_thread::yield();
        while (backing_off) {
            executor.run(bare, [](const Attempt&) { return Outcome::success; });
            ++meanwhile;
        }
    });
    const auto before = std::chrono::steady_clock::now();
    executor.run(patient, [&](const Attempt& attempt) {
        backing_off = attempt.number == 1;
        return Outcome::transient;
    });
    CHECK(std::chrono::steady_clock::now() - before >= 50ms);
    other.join();
    CHECK(meanwhile > 0);
}
