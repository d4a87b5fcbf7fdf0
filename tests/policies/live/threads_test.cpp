/// Threads call while another swaps the settings. Meant to be run under the thread sanitizer as well.

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>
#include <vector>

#include "policies/drivers/blocking.hpp"
#include "policies/live/stack.hpp"

using namespace stampede;
using namespace std::chrono_literals;

namespace {

/// Of every shape: layers come, go, change places and change their settings.
std::vector<StackSettings> shapes() {
    const RetrySettings retry{.max_attempts = 3, .backoff = ConstantBackoff{100us}, .jitter = FullJitter{}};
    const BulkheadSettings narrow{.max_concurrent = 2, .max_waiting = 4, .max_wait = 1ms};
    const BulkheadSettings wide{.max_concurrent = 5, .max_waiting = 8};
    const BreakerSettings quick{.failure_threshold = 3, .open_for = 500us, .half_open = {2}};
    const BreakerSettings windowed{.window = BreakerWindow{30}, .minimum_calls = 10, .open_for = 1ms};
    return {{TimeoutSettings{20ms}, retry, quick, narrow, TimeoutSettings{5ms}},
            {TimeoutSettings{20ms}, retry, windowed, wide, TimeoutSettings{5ms}},
            {narrow, quick, retry},
            {FallbackSettings{}, retry, TimeoutSettings{1ms}},
            {wide, wide}};
}

}  // namespace

TEST_CASE("threads call while another swaps: every call ends, and no place is lost") {
    const std::vector<StackSettings> all = shapes();
    LiveStack stack{all[0]};
    BlockingExecutor executor;
    std::atomic<int> begun = 0;
    std::atomic<int> ended = 0;
    std::atomic<bool> done = false;
    std::vector<std::thread> callers;
    for (int t = 0; t < 6; ++t)
        callers.emplace_back([&, t] {
            for (int i = 0; !done; ++i) {
                ++begun;
                executor.run(stack,
                             [&](const Attempt&) { return (i + t) % 3 == 0 ? Outcome::transient : Outcome::success; });
                ++ended;
            }
        });
    for (std::size_t swap = 1; swap <= 40; ++swap) {
        executor.swap(stack, all[swap % all.size()]);
        std::this_thread::sleep_for(50us);
    }
    while (ended < 100) std::this_thread::yield();
    done = true;
    for (std::thread& caller : callers) caller.join();
    CHECK(begun == ended);

    // Nothing was lost on the way: all places are free again.
    executor.swap(stack, {BulkheadSettings{.max_concurrent = 1}});
    CHECK(executor.run(stack, [](const Attempt&) { return Outcome::success; }).outcome == Outcome::success);
}
