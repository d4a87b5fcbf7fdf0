/// An event loop that asks three replicas, one of which is slow now and then, and hedges: when an answer takes longer
/// than nearly all do, it asks a second time and takes what comes first.
///
///     timeout    200 ms for the whole
///       retry    3 tries, a few ms apart
///         hedge  a second try beside the first after 15 ms, or as soon as the first has failed
///
/// The same 300 calls are made with the hedge and without it, by coroutines; the last call uses a callback.

#include <algorithm>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <chrono>
#include <cstdio>
#include <stampede/policies/drivers/asio.hpp>
#include <stampede/policies/live/stack.hpp>
#include <stampede/policies/metrics/exposition.hpp>
#include <stampede/policies/metrics/metrics.hpp>
#include <stdexcept>

using namespace stampede;
using namespace std::chrono_literals;

namespace {

constexpr int calls = 300;

/// Stands for a connection to a replica: answers after 2 ms, every twelfth time after 80 ms, and fails every fiftieth.
class Replicas {
public:
    int cancelled = 0;

    asio::awaitable<int> price() {
        const int number = ++asked_;
        asio::steady_timer answer(co_await asio::this_coro::executor, number % 12 == 0 ? 80ms : 2ms);
        asio::error_code error;
        co_await answer.async_wait(asio::redirect_error(asio::use_awaitable, error));
        if (error) {  // nobody waits any more: what it holds would be given back here
            ++cancelled;
            throw std::system_error(error);
        }
        if (number % 50 == 0) throw std::runtime_error("connection reset");
        co_return 42;
    }

private:
    int asked_ = 0;
};

struct Result {
    Snapshot metrics;
    int answered = 0;
    int cancelled = 0;
};

asio::awaitable<void> ask_again_and_again(AsioExecutor& executor, const Pipeline& pipeline, Replicas& replicas,
                                          int& answered) {
    for (int i = 0; i < calls; ++i) {
        const int price = co_await executor.async_call(
            pipeline, [&](const AsyncAttempt&) { return replicas.price(); }, asio::use_awaitable);
        if (price == 42) ++answered;
    }
}

Result run(const StackSettings& settings) {
    asio::io_context loop;
    Metrics metrics;
    AsioExecutor executor{loop.get_executor(), {.observer = &metrics}};
    const Stack stack{settings};
    Replicas replicas;
    Result result;
    asio::co_spawn(loop, ask_again_and_again(executor, stack.pipeline(), replicas, result.answered), asio::detached);
    loop.run();

    int last = 0;
    loop.restart();
    executor.async_call(
        stack.pipeline(), [&](const AsyncAttempt&) { return replicas.price(); },
        [&](std::exception_ptr error, int price) { last = error ? 0 : price; });
    loop.run();
    if (last == 42) ++result.answered;
    result.metrics = metrics.snapshot();
    result.cancelled = replicas.cancelled;
    return result;
}

void print(const char* name, const Result& result) {
    const Snapshot& s = result.metrics;
    std::printf("%s: answered %d of %d, tries %d, hedges %d (won %d), cancelled %d, 95%% within %.0f ms\n", name,
                result.answered, calls + 1, static_cast<int>(s.attempts_started), static_cast<int>(s.hedges),
                static_cast<int>(s.hedge_chosen[static_cast<std::size_t>(Outcome::success)]), result.cancelled,
                1e3 * to_seconds(s.latency.quantile(0.95).value_or(Duration::zero())));
}

}  // namespace

int main() {
    const TimeoutSettings total{200ms};
    const RetrySettings retry{.max_attempts = 3, .backoff = ConstantBackoff{5ms}, .jitter = FullJitter{}};
    const Result patient = run({total, retry});
    const Result hedged = run({total, retry, HedgeSettings{.after = 15ms}});
    print("without a hedge", patient);
    print("with a hedge", hedged);
    std::fputs(exposition({{"patient", patient.metrics}, {"hedged", hedged.metrics}}).c_str(), stdout);
}
