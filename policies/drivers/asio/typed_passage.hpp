#pragma once
/// One call on its way through an event loop: its operation, its value, and whom it is delivered to.

#include <asio/associated_cancellation_slot.hpp>
#include <asio/associated_executor.hpp>
#include <asio/awaitable.hpp>
#include <asio/bind_cancellation_slot.hpp>
#include <asio/co_spawn.hpp>
#include <asio/error.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/post.hpp>
#include <exception>
#include <optional>
#include <system_error>
#include <type_traits>
#include <utility>

#include "policies/drivers/asio/passage.hpp"
#include "policies/drivers/attempt_result.hpp"

namespace stampede {
namespace asio_driver {

template <class A>
struct AwaitableValue;
template <class T, class Executor>
struct AwaitableValue<asio::awaitable<T, Executor>> {
    using type = T;
};
/// What a coroutine operation yields.
template <class Operation>
using ValueOf = typename AwaitableValue<std::invoke_result_t<Operation&, const AsyncAttempt&>>::type;

/// The signature that completion tokens see: as that of asio::co_spawn.
template <class T>
struct SignatureOf {
    using type = void(std::exception_ptr, T);
};
template <>
struct SignatureOf<void> {
    using type = void(std::exception_ptr);
};

/// Passages that end in a `T`.
template <class Clock, class T>
class ValuePassage : public Passage<Clock> {
public:
    using Passage<Clock>::Passage;

    /// From any thread: an attempt has left this behind. Dropped where nobody waits for it any more.
    void settle_later(CallRef sent, Outcome outcome, AttemptResult<T> result) {
        auto self = std::static_pointer_cast<ValuePassage>(this->shared_from_this());
        asio::post(this->strand(), [self = std::move(self), sent, outcome, result = std::move(result)]() mutable {
            ValuePassage& passage = *self;
            passage.settle(sent, outcome, [&] { passage.last_ = std::move(result); });
        });
    }

protected:
    AttemptResult<T> last_;  ///< of the attempt that was settled last
};

}  // namespace asio_driver

/// How an operation that is not a coroutine tells its end: once, from any thread. May be copied.
template <class T, class Clock>
class AsyncDone {
public:
    AsyncDone(std::shared_ptr<asio_driver::ValuePassage<Clock, T>> passage, CallRef sent,
              std::shared_ptr<asio::cancellation_signal> signal)
        : passage_(std::move(passage)), sent_(sent), signal_(std::move(signal)) {}

    /// Ended so, with nothing to show for it. If the call ends so, it throws CallFailed.
    void operator()(Outcome outcome) const requires(!std::is_void_v<T>) { passage_->settle_later(sent_, outcome, {}); }
    void operator()(Outcome outcome) const requires std::is_void_v<T> {
        AttemptResult<T> result;
        if (is_answer(outcome)) {
            DefaultClassifier classify;
            result.settle([] {}, classify);
        }
        passage_->settle_later(sent_, outcome, std::move(result));
    }
    /// Ended so, with a value, which is delivered if the call ends so.
    template <class V>
    void operator()(Outcome outcome, V&& value) const {
        AttemptResult<T> result;
        DefaultClassifier classify;
        result.settle([&]() -> T { return std::forward<V>(value); }, classify);
        passage_->settle_later(sent_, outcome, std::move(result));
    }

private:
    std::shared_ptr<asio_driver::ValuePassage<Clock, T>> passage_;
    CallRef sent_;
    std::shared_ptr<asio::cancellation_signal> signal_;  ///< lives as long as somebody may hang on its slot
};

namespace asio_driver {

/// What the user gives with a call.
template <class Operation, class Classifier, class Fallback>
struct Request {
    Operation operation;
    Classifier classify;
    Fallback fallback;
};

template <class Clock, class T, class Request, class Handler>
class TypedPassage final : public ValuePassage<Clock, T> {
public:
    template <class... Args>
    TypedPassage(Request request, Handler handler, const asio::any_io_executor& io, std::shared_ptr<Shared> shared,
                 Args&&... args)
        : ValuePassage<Clock, T>(std::move(shared), io, std::forward<Args>(args)...),
          request_(std::move(request)),
          work_(asio::get_associated_executor(handler, io)),
          handler_(std::move(handler)) {}

    /// Also lets the caller's cancellation slot, if it has one, cancel the call.
    void begin() {
        auto slot = asio::get_associated_cancellation_slot(*handler_);
        if (slot.is_connected())
            slot.assign([weak = std::weak_ptr(self())](asio::cancellation_type) {
                if (const auto passage = weak.lock()) asio::post(passage->strand(), [passage] { passage->cancel(); });
            });
        asio::post(this->strand(), [passage = self()] { passage->start(); });
    }

private:
    using Stored = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

    std::shared_ptr<TypedPassage> self() { return std::static_pointer_cast<TypedPassage>(this->shared_from_this()); }

    void launch(const AsyncAttempt& attempt, CallRef sent, std::shared_ptr<asio::cancellation_signal> signal) override {
        if constexpr (std::is_invocable_v<decltype(request_.operation)&, const AsyncAttempt&>) {
            run_coroutine(attempt, sent, std::move(signal));
        } else {
            try {
                request_.operation(attempt, AsyncDone<T, Clock>(self(), sent, std::move(signal)));
            } catch (...) {
                settle_error(sent, std::current_exception());
            }
        }
    }

    void run_coroutine(const AsyncAttempt& attempt, CallRef sent, std::shared_ptr<asio::cancellation_signal> signal) {
        const auto slot = attempt.cancelled;
        const auto ended = [passage = self(), sent, signal = std::move(signal)](std::exception_ptr error,
                                                                                auto... value) {
            if (error) return passage->settle_error(sent, error);
            AttemptResult<T> result;
            const Outcome outcome =
                result.settle([&]() -> T { return (std::move(value), ...); }, passage->request_.classify);
            passage->settle_later(sent, outcome, std::move(result));
        };
        // The operation's arguments live in this frame: a coroutine may take its attempt by reference.
        auto coroutine = [](std::shared_ptr<TypedPassage> passage, AsyncAttempt told) -> asio::awaitable<T> {
            co_return co_await passage->request_.operation(std::as_const(told));
        };
        asio::co_spawn(this->strand(), coroutine(self(), attempt), asio::bind_cancellation_slot(slot, ended));
    }

    void settle_error(CallRef sent, const std::exception_ptr& error) {
        AttemptResult<T> result;
        const Outcome outcome = result.settle([&]() -> T { std::rethrow_exception(error); }, request_.classify);
        this->settle_later(sent, outcome, std::move(result));
    }

    void complete(const CallResult& result) override {
        std::exception_ptr error;
        std::optional<Stored> value;
        try {
            if (result.from_attempt && !this->last_.empty()) {
                take(value, [&]() -> T { return this->last_.take(); });
            } else if (fallback_answers(result)) {
                if constexpr (std::is_invocable_v<decltype(request_.fallback)&>)
                    take(value, [&]() -> T { return request_.fallback(); });
            } else {
                throw CallFailed(result, this->last_.error());
            }
        } catch (...) {
            error = std::current_exception();
        }
        deliver(error, std::move(value));
    }

    void complete_cancelled() override {
        deliver(std::make_exception_ptr(std::system_error(asio::error::operation_aborted)), std::nullopt);
    }

    [[nodiscard]] bool fallback_answers(const CallResult& result) const {
        return std::is_invocable_v<decltype(request_.fallback)&> && result.outcome == Outcome::fallback;
    }

    template <class Get>
    static void take(std::optional<Stored>& value, Get get) {
        if constexpr (std::is_void_v<T>) {
            get();
            value.emplace();
        } else {
            value.emplace(get());
        }
    }

    /// Calls the handler where it wants to be called, never from inside this.
    void deliver(std::exception_ptr error, std::optional<Stored> value) {
        const auto where = work_.get_executor();
        asio::post(where, [handler = std::move(*handler_), error, value = std::move(value)]() mutable {
            auto slot = asio::get_associated_cancellation_slot(handler);
            if (slot.is_connected()) slot.clear();
            if constexpr (std::is_void_v<T>) {
                std::move(handler)(error);
            } else {
                std::move(handler)(error, value ? std::move(*value) : T{});
            }
        });
        handler_.reset();
        work_.reset();
    }

    Request request_;
    asio::executor_work_guard<asio::associated_executor_t<Handler, asio::any_io_executor>> work_;
    std::optional<Handler> handler_;
};

}  // namespace asio_driver
}  // namespace stampede
