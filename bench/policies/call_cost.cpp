/// What the blocking driver adds to a function that succeeds at once, beside what a mutex costs on the same machine.
///
///     bench_policies --benchmark_repetitions=5 --benchmark_report_aggregates_only=true
///
/// "added" is to stay below 250 ns, and calls through one breaker in eight threads within a factor of three of
/// increments of one counter. docs/decisions/0009-calls-that-change-nothing-take-no-lock.md says what was measured.

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <mutex>

#include "policies/drivers/blocking.hpp"
#include "policies/live/stack.hpp"
#include "policies/metrics/metrics.hpp"

namespace {

using namespace stampede;
using namespace std::chrono_literals;

Outcome succeed(const Attempt& attempt) {
    Outcome outcome = Outcome::success;
    benchmark::DoNotOptimize(attempt);
    benchmark::DoNotOptimize(outcome);
    return outcome;
}

void bare_function(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(succeed({1, std::nullopt}));
}
BENCHMARK(bare_function);

void mutex_lock_and_unlock(benchmark::State& state) {
    static std::mutex mutex;
    static std::uint64_t counter = 0;
    for (auto _ : state) {
        const std::scoped_lock lock(mutex);
        benchmark::DoNotOptimize(++counter);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(mutex_lock_and_unlock)->Name("mutex");
BENCHMARK(mutex_lock_and_unlock)->Name("one counter")->ThreadRange(1, 8)->UseRealTime();

void clock_reading(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(real_clock().now());
}
BENCHMARK(clock_reading);

void five_layers(benchmark::State& state) {
    const Stack stack{
        {FallbackSettings{}, TimeoutSettings{1s}, RetrySettings{}, BreakerSettings{}, BulkheadSettings{}}};
    BlockingExecutor executor;
    for (auto _ : state) benchmark::DoNotOptimize(executor.run(stack.pipeline(), succeed));
}
BENCHMARK(five_layers)->Name("added by five layers");

template <class Through>
void calls(benchmark::State& state, BlockingExecutor& executor, const Through& through) {
    for (auto _ : state) benchmark::DoNotOptimize(executor.run(through, succeed));
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

void one_breaker(benchmark::State& state) {
    static const Stack stack{{BreakerSettings{}}};
    static BlockingExecutor executor;
    calls(state, executor, stack.pipeline());
}
BENCHMARK(one_breaker)->Name("one breaker")->ThreadRange(1, 8)->UseRealTime();

void swappable(benchmark::State& state) {
    static const LiveStack stack{{BreakerSettings{}}};
    static BlockingExecutor executor;
    calls(state, executor, stack);
}
BENCHMARK(swappable)->Name("one breaker, swappable")->ThreadRange(1, 8)->UseRealTime();

/// Without the bulkhead: what counts the calls inside it changes with every call.
void four_layers(benchmark::State& state) {
    static const Stack stack{{FallbackSettings{}, TimeoutSettings{1s}, RetrySettings{}, BreakerSettings{}}};
    static BlockingExecutor executor;
    calls(state, executor, stack.pipeline());
}
BENCHMARK(four_layers)->Name("four layers")->ThreadRange(1, 8)->UseRealTime();

void with_metrics(benchmark::State& state) {
    static const Stack stack{{BreakerSettings{}}};
    static Metrics metrics;
    static BlockingExecutor executor{{.observer = &metrics}};
    calls(state, executor, stack.pipeline());
}
BENCHMARK(with_metrics)->Name("one breaker, with metrics")->ThreadRange(1, 8)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
