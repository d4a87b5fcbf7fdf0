#include "policies/drivers/asio.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/detached.hpp>
#include <asio/use_awaitable.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "policies/stack.hpp"
#include "tests/policies/support/manual_clock.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;

namespace {

using Timer = asio::basic_waitable_timer<ManualClock>;
using Executor = BasicAsioExecutor<ManualClock>;

/// How a call ended.
struct End {
    std::optional<std::string> value;
    std::exception_ptr error;
    Duration after{};

    [[nodiscard]] Outcome failed_with() const {
        try {
            std::rethrow_exception(error);
        } catch (const CallFailed& failed) {
            return failed.result().outcome;
        }
    }
};

/// One pipeline on an event loop under a clock that is moved by hand.
struct AsioRig {
    explicit AsioRig(StackSettings stack) : settings(std::move(stack)) {
        std::vector<Layer*> refs;
        for (const LayerSettings& each : settings) refs.push_back(layers.emplace_back(make_layer(each, 0)).get());
        pipeline = Pipeline{refs};
    }

    /// Waits so long and yields `value`; counts what was cancelled on the way.
    asio::awaitable<std::string> answer_after(Duration time, std::string value) {
        Timer timer(io, time);
        try {
            co_await timer.async_wait(asio::use_awaitable);
        } catch (const std::system_error& error) {
            if (error.code() == asio::error::operation_aborted) ++cancelled;
            throw;
        }
        co_return value;
    }

    template <class Operation, class... Rest>
    std::shared_ptr<End> call(Operation operation, Rest... rest) {
        auto end = std::make_shared<End>();
        const auto began = ManualClock::now();
        executor.async_call(
            pipeline, operation,
            [end, began](std::exception_ptr error, const std::string& value) {
                end->error = error;
                end->after = ManualClock::now() - began;
                if (!error) end->value = value;
            },
            rest...);
        return end;
    }
    void run(Duration span) { run_for(io, span); }

    asio::io_context io;
    StackSettings settings;
    std::vector<std::unique_ptr<Layer>> layers;
    Pipeline pipeline;
    Executor executor{io.get_executor(), {.seed = 1}};
    int cancelled = 0;
};

RetrySettings retry(std::uint32_t attempts) {
    return {.max_attempts = attempts, .backoff = ExponentialBackoff{100ms, 2, 1s}, .jitter = NoJitter{}};
}

struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace

TEST_CASE("an asynchronous call delivers what its operation yields") {
    AsioRig rig{{retry(3)}};
    const auto end = rig.call([&](const AsyncAttempt&) { return rig.answer_after(20ms, "page"); });
    rig.run(1s);
    CHECK(end->value == "page");
    CHECK(end->after == 20ms);
}

TEST_CASE("exceptions are tried again after the delays that the retry decides, the last is thrown on") {
    AsioRig rig{{retry(3)}};
    std::vector<std::uint32_t> numbers;
    const auto end = rig.call([&](const AsyncAttempt& attempt) -> asio::awaitable<std::string> {
        numbers.push_back(attempt.number);
        throw Refused(std::to_string(attempt.number));
        co_return "";
    });
    rig.run(1s);
    CHECK(numbers == std::vector<std::uint32_t>{1, 2, 3});
    CHECK(end->after == 300ms);
    REQUIRE(end->error);
    CHECK_THROWS_MATCHES(std::rethrow_exception(end->error), Refused, Catch::Message("3"));
}

TEST_CASE("what runs into its timeout is cancelled and sees it, and is tried again") {
    AsioRig rig{{retry(2), TimeoutSettings{50ms}}};
    const auto end = rig.call([&](const AsyncAttempt& attempt) {
        CHECK(attempt.time_left == std::optional<Duration>{50ms});
        return rig.answer_after(attempt.number == 1 ? 10s : 5ms, std::to_string(attempt.number));
    });
    rig.run(1s);
    CHECK(rig.cancelled == 1);
    CHECK(end->value == "2");
    CHECK(end->after == 155ms);
}

TEST_CASE("a hedge that answers first is delivered, and the slow try is cancelled") {
    AsioRig rig{{HedgeSettings{.after = 30ms}}};
    const auto end = rig.call([&](const AsyncAttempt& attempt) {
        CHECK_FALSE(attempt.time_left);  // a hedge's timer cuts nothing
        return rig.answer_after(attempt.number == 1 ? 10s : 5ms, std::to_string(attempt.number));
    });
    rig.run(1s);
    CHECK(end->value == "2");
    CHECK(end->after == 35ms);
    CHECK(rig.cancelled == 1);
}

TEST_CASE("a first try that answers first is delivered, and the hedge is cancelled") {
    AsioRig rig{{HedgeSettings{.after = 30ms, .max_hedges = 2}}};
    const auto end = rig.call([&](const AsyncAttempt& attempt) {
        return rig.answer_after(attempt.number == 1 ? 80ms : 10s, std::to_string(attempt.number));
    });
    rig.run(1s);
    CHECK(end->value == "1");
    CHECK(end->after == 80ms);
    CHECK(rig.cancelled == 2);
}

TEST_CASE("when every hedge fails the last exception is thrown") {
    AsioRig rig{{HedgeSettings{.after = 30ms, .max_hedges = 2}}};
    const auto end = rig.call([&](const AsyncAttempt& attempt) -> asio::awaitable<std::string> {
        const std::uint32_t number = attempt.number;
        co_await rig.answer_after(10ms * number, "");
        throw Refused(std::to_string(number));
    });
    rig.run(1s);
    CHECK(end->after == 60ms);
    CHECK_THROWS_MATCHES(std::rethrow_exception(end->error), Refused, Catch::Message("3"));
}

TEST_CASE("a timeout around a hedge cancels all its tries") {
    AsioRig rig{{TimeoutSettings{100ms}, HedgeSettings{.after = 30ms, .max_hedges = 2}}};
    const auto end = rig.call([&](const AsyncAttempt& attempt) {
        CHECK(attempt.time_left == std::optional<Duration>{130ms - 30ms * attempt.number});
        return rig.answer_after(10s, "");
    });
    rig.run(1s);
    CHECK(rig.cancelled == 3);
    CHECK(end->failed_with() == Outcome::timeout);
    CHECK(end->after == 100ms);
}

TEST_CASE("callbacks tell outcomes and values, what comes after the end is dropped") {
    AsioRig rig{{retry(2), TimeoutSettings{50ms}}};
    std::vector<AsyncDone<int, ManualClock>> dones;
    int ends = 0;
    int value = 0;
    rig.executor.async_call<int>(
        rig.pipeline, [&](const AsyncAttempt&, AsyncDone<int, ManualClock> done) { dones.push_back(done); },
        [&](std::exception_ptr error, int got) {
            ++ends;
            value = error ? -1 : got;
        });
    rig.run(10ms);
    REQUIRE(dones.size() == 1);
    dones[0](Outcome::transient);
    rig.run(110ms);
    REQUIRE(dones.size() == 2);
    dones[0](Outcome::success, 7);
    rig.run(5ms);
    CHECK(ends == 0);
    dones[1](Outcome::success, 8);
    dones[1](Outcome::success, 9);
    rig.run(1s);
    CHECK(ends == 1);
    CHECK(value == 8);
}

TEST_CASE("a failure told by a callback ends in CallFailed, one that throws is classified") {
    AsioRig rig{{}};
    std::exception_ptr told;
    std::exception_ptr thrown;
    rig.executor.async_call<void>(
        rig.pipeline, [](const AsyncAttempt&, AsyncDone<void, ManualClock> done) { done(Outcome::overload); },
        [&](std::exception_ptr error) { told = error; });
    rig.executor.async_call<int>(
        rig.pipeline, [](const AsyncAttempt&, const AsyncDone<int, ManualClock>&) { throw Refused("at once"); },
        [&](std::exception_ptr error, int) { thrown = error; });
    rig.run(1ms);
    CHECK(End{{}, told, {}}.failed_with() == Outcome::overload);
    CHECK_THROWS_AS(std::rethrow_exception(thrown), Refused);
}

TEST_CASE("values and exceptions are classified as the user says, and a fallback's value is the user's") {
    struct Classify {
        Outcome operator()(const std::string& page) const {
            return page == "busy" ? Outcome::overload : Outcome::success;
        }
        Outcome operator()(const std::exception_ptr&) const { return Outcome::client_error; }
    };
    AsioRig rig{{FallbackSettings{}, retry(2)}};
    const auto busy = rig.call([&](const AsyncAttempt&) { return rig.answer_after(1ms, "busy"); }, Classify{},
                               [] { return std::string("cached"); });
    const auto wrong = rig.call(
        [](const AsyncAttempt&) -> asio::awaitable<std::string> {
            throw Refused("wrong");
            co_return "";
        },
        Classify{});
    rig.run(1s);
    CHECK(busy->value == "cached");
    CHECK_THROWS_AS(std::rethrow_exception(wrong->error), Refused);
}

TEST_CASE("a caller that cancels is told so, its operation is cancelled, and no place stays taken") {
    AsioRig rig{{BulkheadSettings{.max_concurrent = 1}, HedgeSettings{.after = 10ms}}};
    asio::cancellation_signal signal;
    std::exception_ptr ended;
    rig.executor.async_call(
        rig.pipeline, [&](const AsyncAttempt&) { return rig.answer_after(10s, ""); },
        asio::bind_cancellation_slot(signal.slot(),
                                     [&](std::exception_ptr error, const std::string&) { ended = error; }));
    rig.run(20ms);
    CHECK(static_cast<Bulkhead&>(*rig.layers[0]).inside() == 1);
    signal.emit(asio::cancellation_type::terminal);
    rig.run(1ms);
    CHECK(rig.cancelled == 2);
    CHECK(static_cast<Bulkhead&>(*rig.layers[0]).inside() == 0);
    REQUIRE(ended);
    try {
        std::rethrow_exception(ended);
    } catch (const std::system_error& error) {
        CHECK(error.code() == asio::error::operation_aborted);
    }
}

TEST_CASE("a call that waits in a bulkhead goes on when another leaves") {
    AsioRig rig{{BulkheadSettings{.max_concurrent = 1, .max_waiting = 1}}};
    const auto operation = [&](const AsyncAttempt&) { return rig.answer_after(50ms, "page"); };
    const auto first = rig.call(operation);
    const auto second = rig.call(operation);
    const auto third = rig.call(operation);
    rig.run(1s);
    CHECK(first->after == 50ms);
    CHECK(second->after == 100ms);
    CHECK(third->failed_with() == Outcome::bulkhead_full);
}

TEST_CASE("coroutines await a call as any other operation") {
    AsioRig rig{{retry(2)}};
    std::string page;
    asio::co_spawn(
        rig.io,
        [&]() -> asio::awaitable<void> {
            page = co_await rig.executor.async_call(
                rig.pipeline, [&](const AsyncAttempt&) { return rig.answer_after(5ms, "page"); }, asio::use_awaitable);
        },
        asio::detached);
    rig.run(10ms);
    CHECK(page == "page");
}
