#pragma once
/// Runs asynchronous operations through a pipeline, on an event loop (standalone Asio 1.20 or later).
///
///     AsioExecutor executor{io.get_executor()};
///     Page page = co_await executor.async_call(pipeline, [&](const AsyncAttempt& attempt) -> asio::awaitable<Page> {
///         co_return co_await fetch(url, attempt.time_left);
///     }, asio::use_awaitable);
///
/// or with callbacks, where the type of the value must be said:
///
///     executor.async_call<Page>(pipeline, [&](const AsyncAttempt& attempt, auto done) {
///         connection.async_fetch(url, asio::bind_cancellation_slot(attempt.cancelled,
///             [done](asio::error_code error, Page page) {
///                 error ? done(Outcome::unavailable) : done(Outcome::success, std::move(page));
///             }));
///     }, [](std::exception_ptr error, Page page) { … });
///
/// The policies decide, this driver only waits. Calls may be made from any thread and the loop may run in several; each
/// call has a strand of its own, on which its operations are started and cancelled, and the one lock of the executor is
/// held around decisions only. An attempt that ran into its timeout or lost against a hedge is cancelled through its
/// cancellation slot; whatever it still yields is dropped. Pipelines with a hedge are run as any other.

#include <asio/async_result.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "policies/drivers/asio/typed_passage.hpp"
#include "policies/drivers/seed.hpp"

namespace stampede {

/// All may be left out.
struct AsioOptions {
    /// Of the draws. For tests: by default it comes from std::random_device, since processes that have the same seed
    /// draw the same delays and come back together.
    std::optional<std::uint64_t> seed{};
    Observer* observer = nullptr;  ///< called under the lock; must outlive the executor
};

/// `Clock` is what timers go by. Pipelines that share a layer must be run by the same executor: its lock guards the
/// layers. Executor, observer and pipelines must outlive the calls.
template <class Clock>
class BasicAsioExecutor {
public:
    explicit BasicAsioExecutor(asio::any_io_executor io, const AsioOptions& options = {})
        : io_(std::move(io)),
          shared_(
              std::make_shared<asio_driver::Shared>(options.observer, options.seed ? *options.seed : random_seed())) {}
    /// Calls that have not ended yet never will.
    ~BasicAsioExecutor() {
        std::vector<std::shared_ptr<asio_driver::AnyPassage>> left;
        const std::scoped_lock lock(shared_->mutex);
        for (auto& passage : shared_->passages) left.push_back(std::exchange(passage, nullptr));
    }
    BasicAsioExecutor(const BasicAsioExecutor&) = delete;
    BasicAsioExecutor& operator=(const BasicAsioExecutor&) = delete;

    /// Makes attempts as often, and as many at once, as the policies say. Completes with (std::exception_ptr, T), or
    /// with (std::exception_ptr) where T is void; T must have a default value, which accompanies an exception.
    ///
    /// `operation(const AsyncAttempt&)` is a coroutine that returns asio::awaitable<T>, run on the call's strand. What
    /// it yields is classified as by BlockingExecutor::call. Where the outcome is the deciding attempt's own, its value
    /// is delivered or its exception thrown; where a fallback layer answers, `fallback()` is; all else is CallFailed.
    /// A call that is cancelled through the completion token's slot ends with asio::error::operation_aborted, as a
    /// std::system_error.
    template <class Operation, class Token, class Classifier = DefaultClassifier, class Fallback = NoFallback>
    requires std::is_invocable_v<Operation&, const AsyncAttempt&>
    auto async_call(const Pipeline& pipeline, Operation operation, Token&& token, Classifier classify = {},
                    Fallback fallback = {}) {
        return initiate<asio_driver::ValueOf<Operation>>(
            pipeline,
            asio_driver::Request<Operation, Classifier, Fallback>{std::move(operation), std::move(classify),
                                                                  std::move(fallback)},
            token);
    }

    /// The same for `operation(const AsyncAttempt&, AsyncDone<T, Clock> done)`, which starts something and calls `done`
    /// once when it has ended, even if it was cancelled: a call whose operation never calls it never ends, unless a
    /// timeout is around it. An exception thrown by `operation` itself counts as the attempt's.
    template <class T, class Operation, class Token, class Classifier = DefaultClassifier, class Fallback = NoFallback>
    requires std::is_invocable_v<Operation&, const AsyncAttempt&, AsyncDone<T, Clock>>
    auto async_call(const Pipeline& pipeline, Operation operation, Token&& token, Classifier classify = {},
                    Fallback fallback = {}) {
        return initiate<T>(pipeline,
                           asio_driver::Request<Operation, Classifier, Fallback>{
                               std::move(operation), std::move(classify), std::move(fallback)},
                           token);
    }

private:
    template <class T, class Request, class Token>
    auto initiate(const Pipeline& pipeline, Request request, Token& token) {
        return asio::async_initiate<Token, typename asio_driver::SignatureOf<T>::type>(
            [this, &pipeline](auto handler, Request given) {
                using Passage = asio_driver::TypedPassage<Clock, T, Request, decltype(handler)>;
                std::make_shared<Passage>(std::move(given), std::move(handler), io_, shared_, origin_, pipeline)
                    ->begin();
            },
            token, std::move(request));
    }

    asio::any_io_executor io_;
    typename Clock::time_point origin_ = Clock::now();
    std::shared_ptr<asio_driver::Shared> shared_;
};

using AsioExecutor = BasicAsioExecutor<std::chrono::steady_clock>;

}  // namespace stampede
