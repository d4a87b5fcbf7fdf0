/// Several threads run the loop, many calls at once. Meant to be run under the thread sanitizer as well.

#include <asio/steady_timer.hpp>
#include <asio/thread_pool.hpp>
#include <asio/use_awaitable.hpp>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>

#include "policies/drivers/asio.hpp"
#include "policies/stack.hpp"

using namespace stampede;
using namespace std::chrono_literals;

namespace {

/// The hooks run under the executor's lock: plain numbers are safe.
struct CallCounts : Observer {
    int calls = 0, ended = 0, attempts = 0, settled = 0, abandoned = 0, hedges = 0;

    void call_started(CallRef, Instant) override { ++calls; }
    void call_finished(CallRef, Instant, Outcome, std::uint32_t) override { ++ended; }
    void attempt_started(CallRef, Instant, std::uint32_t) override { ++attempts; }
    void attempt_settled(CallRef, Instant, std::uint32_t, Outcome) override { ++settled; }
    void attempt_abandoned(CallRef, Instant, std::uint32_t, std::uint8_t) override { ++abandoned; }
    void hedged(CallRef, Instant, std::uint32_t) override { ++hedges; }
};

}  // namespace

TEST_CASE("four threads run many calls through one pipeline: each ends once and nothing stays behind") {
    const RetrySettings retry_settings{.max_attempts = 3, .backoff = ConstantBackoff{200us}, .jitter = FullJitter{}};
    const BreakerSettings breaker_settings{.failure_threshold = 20, .open_for = 1ms, .half_open = {2}};
    const BulkheadSettings bulkhead_settings{.max_concurrent = 20, .max_waiting = 2'000};
    Bulkhead bulkhead{bulkhead_settings};
    Retry retry{retry_settings};
    Breaker breaker{breaker_settings, 0};
    Hedge hedge{{.after = 500us, .max_hedges = 2}};
    Timeout each{{3ms}};
    const Pipeline pipeline{{&bulkhead, &retry, &breaker, &hedge, &each}};

    CallCounts counts;
    asio::thread_pool pool{4};
    AsioExecutor executor{pool.get_executor(), {.observer = &counts}};
    std::atomic<int> ended = 0;
    std::atomic<int> answered = 0;
    constexpr int total = 500;
    for (int i = 0; i < total; ++i)
        executor.async_call(
            pipeline,
            [i](const AsyncAttempt& attempt) -> asio::awaitable<int> {
                asio::steady_timer timer(co_await asio::this_coro::executor, (i * 7 + attempt.number) % 11 * 400us);
                co_await timer.async_wait(asio::use_awaitable);
                if ((i + static_cast<int>(attempt.number)) % 3 == 0) throw std::runtime_error("failed");
                co_return i;
            },
            [&, i](std::exception_ptr error, int value) {
                ++ended;
                if (!error && value == i) ++answered;
            });
    pool.join();
    CHECK(ended == total);
    CHECK(answered > 0);
    CHECK(counts.calls == total);
    CHECK(counts.ended == total);
    CHECK(counts.attempts == counts.settled + counts.abandoned);
    CHECK(counts.hedges > 0);
    CHECK(bulkhead.inside() == 0);
    CHECK(bulkhead.waiting() == 0);
}
