/// Eight threads through one shared pipeline of five layers, its metrics read all the while: what goes in comes out.
/// SOAK_SECONDS is 10 under the thread sanitizer and 1 elsewhere.

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>
#include <vector>

#include "policies/drivers/blocking.hpp"
#include "policies/metrics/exposition.hpp"
#include "policies/metrics/metrics.hpp"

using namespace stampede;
using namespace std::chrono_literals;

TEST_CASE("eight threads, one pipeline, for seconds: calls in are outcomes out, attempts are settled or abandoned") {
    const Stack stack{{FallbackSettings{.on = {Outcome::breaker_open}},
                       RetrySettings{.max_attempts = 3, .backoff = ConstantBackoff{200us}, .jitter = FullJitter{}},
                       BreakerSettings{.failure_threshold = 5, .open_for = 2ms, .half_open = {2}},
                       BulkheadSettings{.max_concurrent = 5, .max_waiting = 8, .max_wait = 2ms}, TimeoutSettings{1ms}}};
    Metrics metrics;
    BlockingExecutor executor{{.observer = &metrics}};
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{SOAK_SECONDS};
    std::atomic<std::uint64_t> calls = 0;
    std::atomic<std::uint64_t> attempts = 0;
    std::atomic<bool> done = false;
    std::atomic<bool> went_back = false;
    std::vector<std::thread> threads;
    for (unsigned t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            std::uint64_t made = 0;
            std::uint64_t told = 0;
            for (unsigned i = t; std::chrono::steady_clock::now() < until; ++i, ++made) {
                const bool in_trouble = i / 512 % 2 == 1;  // spells of failures, so that the breaker opens and closes
                told += executor
                            .run(stack.pipeline(),
                                 [&](const Attempt&) {
                                     if (i % 64 == 0) std::this_thread::sleep_for(1500us);
                                     return in_trouble && i % 8 != 0 ? Outcome::transient : Outcome::success;
                                 })
                            .attempts;
            }
            calls += made;
            attempts += told;
        });
    std::thread reader([&] {
        for (std::uint64_t before = 0; !done; std::this_thread::sleep_for(1ms)) {
            const Snapshot s = metrics.snapshot();
            went_back = went_back || s.calls_started < before;
            before = s.calls_started;
            (void)exposition(s);
        }
    });
    for (std::thread& thread : threads) thread.join();
    done = true;
    reader.join();

    const Snapshot s = metrics.snapshot();
    CHECK_FALSE(went_back);
    CHECK(calls > 100);
    CHECK(s.calls_started == calls);
    CHECK(s.calls_finished() == calls);
    CHECK(s.latency.count() == calls);
    CHECK(s.attempts_started == attempts);
    CHECK(s.attempts_of_calls == attempts);
    CHECK(s.attempts_settled() + s.attempts_abandoned == attempts);
    CHECK(s.attempts_abandoned > 0);
    REQUIRE(s.breakers.size() == 1);
    CHECK(s.breakers[0].recovery.count() > 0);
    CHECK(s.breakers[0].transitions[0] ==
          s.breakers[0].recovery.count() + (s.breakers[0].state == BreakerState::closed ? 0U : 1U));
}
