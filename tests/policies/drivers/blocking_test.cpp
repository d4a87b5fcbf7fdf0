#include "policies/drivers/blocking.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "policies/stack.hpp"
#include "tests/policies/support/fake_clock.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;

namespace {

struct BlockingRig {
    explicit BlockingRig(StackSettings chosen) : stack(std::move(chosen)) {
        std::vector<Layer*> refs;
        for (const LayerSettings& settings : stack) {
            layers.push_back(make_layer(settings, 0));
            refs.push_back(layers.back().get());
        }
        pipeline = Pipeline{refs};
    }

    StackSettings stack;
    std::vector<std::unique_ptr<Layer>> layers;
    Pipeline pipeline;
    FakeClock clock;
    BlockingExecutor executor{{.seed = 1, .clock = &clock}};
};

RetrySettings retry(std::uint32_t attempts) {
    return {.max_attempts = attempts, .backoff = ExponentialBackoff{100ms, 2, 1s}, .jitter = NoJitter{}};
}

struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace

TEST_CASE("the driver calls the function once where all is well, and returns what it returns") {
    BlockingRig rig{{retry(3)}};
    int calls = 0;
    CHECK(rig.executor.call(rig.pipeline, [&](const Attempt&) { return ++calls, std::string("page"); }) == "page");
    CHECK(calls == 1);
    CHECK(rig.clock.slept.empty());
}

TEST_CASE("the driver sleeps exactly the delays that the retry decides, and numbers the attempts") {
    BlockingRig rig{{retry(4)}};
    std::vector<std::uint32_t> numbers;
    const CallResult result = rig.executor.run(rig.pipeline, [&](const Attempt& attempt) {
        numbers.push_back(attempt.number);
        return Outcome::overload;
    });
    CHECK(result.outcome == Outcome::overload);
    CHECK(result.attempts == 4);
    CHECK(result.from_attempt);
    CHECK(numbers == std::vector<std::uint32_t>{1, 2, 3, 4});
    CHECK(rig.clock.slept == std::vector<Duration>{100ms, 200ms, 400ms});
}

TEST_CASE("an exception is a transient failure, and the last one is thrown on as it was") {
    BlockingRig rig{{retry(3)}};
    int calls = 0;
    const auto work = [&](const Attempt&) -> int { throw Refused(std::to_string(++calls)); };
    CHECK_THROWS_MATCHES(rig.executor.call(rig.pipeline, work), Refused, Catch::Message("3"));
    calls = 0;
    const auto attempt = [&](const Attempt&) -> Outcome { throw Refused(std::to_string(++calls)); };
    CHECK_THROWS_MATCHES(rig.executor.run(rig.pipeline, attempt), Refused, Catch::Message("3"));
}

TEST_CASE("an exception that is followed by a success is forgotten") {
    BlockingRig rig{{retry(3)}};
    const auto work = [](const Attempt& attempt) -> std::string {
        if (attempt.number == 1) throw Refused("once");
        return "page";
    };
    CHECK(rig.executor.call(rig.pipeline, work) == "page");
}

TEST_CASE("values and exceptions are classified as the user says") {
    BlockingRig rig{{retry(3)}};
    struct Classify {
        Outcome operator()(const int& status) const { return status == 503 ? Outcome::overload : Outcome::success; }
        Outcome operator()(const std::exception_ptr&) const { return Outcome::client_error; }
    };
    CHECK(rig.executor.call(
              rig.pipeline, [](const Attempt& a) { return a.number < 3 ? 503 : 200; }, Classify{}) == 200);
    CHECK(rig.executor.call(
              rig.pipeline, [](const Attempt&) { return 503; }, Classify{}) == 503);
    int calls = 0;
    const auto wrong = [&](const Attempt&) -> int { throw Refused(std::to_string(++calls)); };
    CHECK_THROWS_MATCHES(rig.executor.call(rig.pipeline, wrong, Classify{}), Refused, Catch::Message("1"));
}

TEST_CASE("a classifier that throws makes the attempt a transient failure with its exception") {
    BlockingRig rig{{retry(2)}};
    int calls = 0;
    const auto classify = [](const int&) -> Outcome { throw Refused("by the classifier"); };
    CHECK_THROWS_MATCHES(rig.executor.call(
                             rig.pipeline, [&](const Attempt&) { return ++calls; }, classify),
                         Refused, Catch::Message("by the classifier"));
    CHECK(calls == 2);
}

TEST_CASE("a function without a value, and one whose value can only be moved") {
    BlockingRig rig{{retry(2)}};
    int calls = 0;
    rig.executor.call(rig.pipeline, [&](const Attempt& attempt) {
        ++calls;
        if (attempt.number == 1) throw Refused("once");
    });
    CHECK(calls == 2);
    CHECK(*rig.executor.call(rig.pipeline, [](const Attempt&) { return std::make_unique<int>(5); }) == 5);
}

TEST_CASE("a timeout that passed while the function ran is noticed when it returns, and its value is dropped") {
    BlockingRig rig{{TimeoutSettings{1s}}};
    const auto slow = [&](const Attempt&) {
        rig.clock.advance(1s);
        return 200;
    };
    try {
        rig.executor.call(rig.pipeline, slow);
        FAIL("it returned");
    } catch (const CallFailed& failed) {
        CHECK(failed.result().outcome == Outcome::timeout);
        CHECK(failed.result().attempts == 1);
        CHECK_FALSE(failed.cause());
        CHECK(std::string(failed.what()) == "call ended with timeout after 1 attempt");
    }
}

TEST_CASE("a function that returns just in time has its value taken") {
    BlockingRig rig{{TimeoutSettings{1s}}};
    CHECK(rig.executor.call(rig.pipeline, [&](const Attempt&) {
        rig.clock.advance(1s - 1ns);
        return 200;
    }) == 200);
}

TEST_CASE("a failure that is cut short carries what the last attempt threw") {
    BlockingRig rig{{TimeoutSettings{150ms}, retry(5)}};
    const auto work = [](const Attempt& attempt) -> int { throw Refused(std::to_string(attempt.number)); };
    try {
        rig.executor.call(rig.pipeline, work);
        FAIL("it returned");
    } catch (const CallFailed& failed) {
        CHECK(failed.result().outcome == Outcome::timeout);
        CHECK(failed.result().attempts == 2);
        CHECK_THROWS_MATCHES(std::rethrow_exception(failed.cause()), Refused, Catch::Message("2"));
    }
    CHECK(rig.clock.slept == std::vector<Duration>{100ms, 50ms});  // the second back-off was cut
}

TEST_CASE("each attempt is told the time that is left, by whichever timeout comes first") {
    BlockingRig rig{{TimeoutSettings{1s}, retry(5), TimeoutSettings{400ms}}};
    std::vector<std::optional<Duration>> left;
    const CallResult result = rig.executor.run(rig.pipeline, [&](const Attempt& attempt) {
        left.push_back(attempt.time_left);
        rig.clock.advance(350ms);
        return Outcome::transient;
    });
    // Attempts at 0, 450 and 1000 ms; the last back-off would end after the whole call's second.
    CHECK(left == std::vector<std::optional<Duration>>{400ms, 400ms});
    CHECK(result.outcome == Outcome::timeout);
    CHECK_FALSE(result.from_attempt);
    CHECK(rig.clock.now() == Instant{1s});
}

TEST_CASE("without a timeout no time is told") {
    BlockingRig rig{{retry(1)}};
    rig.executor.run(rig.pipeline, [](const Attempt& attempt) {
        CHECK_FALSE(attempt.time_left);
        return Outcome::success;
    });
}

TEST_CASE("an attempt that is too late is tried again where the policies say so") {
    BlockingRig rig{{retry(3), TimeoutSettings{1s}}};
    const int page = rig.executor.call(rig.pipeline, [&](const Attempt& attempt) {
        if (attempt.number == 1) rig.clock.advance(7s);
        return static_cast<int>(attempt.number);
    });
    CHECK(page == 2);
    CHECK(rig.clock.now() == Instant{7s + 100ms});
}

TEST_CASE("an open breaker refuses without calling the function, and lets it through again after its time") {
    BlockingRig rig{{BreakerSettings{.failure_threshold = 2, .open_for = 10s, .half_open = {1}}}};
    int calls = 0;
    const auto fails = [&](const Attempt&) { return ++calls, Outcome::unavailable; };
    for (int i = 0; i < 5; ++i) rig.executor.run(rig.pipeline, fails);
    CHECK(calls == 2);
    const CallResult refused = rig.executor.run(rig.pipeline, fails);
    CHECK(refused.outcome == Outcome::breaker_open);
    CHECK(refused.attempts == 0);
    CHECK_FALSE(refused.from_attempt);
    CHECK_THROWS_AS(rig.executor.call(rig.pipeline, [](const Attempt&) { return 1; }), CallFailed);
    rig.clock.advance(10s);
    CHECK(rig.executor.call(rig.pipeline, [](const Attempt&) { return 1; }) == 1);
}

TEST_CASE("a fallback's value is the user's") {
    BlockingRig rig{{FallbackSettings{}, retry(2)}};
    const auto fails = [](const Attempt&) -> std::string { throw Refused("down"); };
    CHECK(rig.executor.call(rig.pipeline, fails, DefaultClassifier{}, [] { return std::string("cached"); }) ==
          "cached");
    CHECK_THROWS_AS(rig.executor.call(rig.pipeline, fails), CallFailed);
    CHECK(rig.executor.run(rig.pipeline, [](const Attempt&) { return Outcome::timeout; }).outcome == Outcome::fallback);
}

TEST_CASE("a refused call gives back all that it held: the next one finds every place free") {
    BlockingRig rig{{BulkheadSettings{.max_concurrent = 1}, TimeoutSettings{1s}}};
    for (int i = 0; i < 3; ++i) {
        CHECK_THROWS_AS(rig.executor.call(rig.pipeline,
                                          [&](const Attempt&) -> int {
                                              rig.clock.advance(2s);
                                              throw Refused("too late");
                                          }),
                        CallFailed);
        CHECK(static_cast<Bulkhead&>(*rig.layers[0]).inside() == 0);
    }
}

TEST_CASE("a pipeline with a hedge is refused before anything is called") {
    BlockingRig rig{{retry(2), HedgeSettings{.after = 1s}}};
    int calls = 0;
    CHECK_THROWS_AS(rig.executor.run(rig.pipeline, [&](const Attempt&) { return ++calls, Outcome::success; }),
                    std::invalid_argument);
    CHECK(calls == 0);
}

TEST_CASE("one thread may call through the executor from inside a call") {
    BlockingRig outer{{retry(2)}};
    const int answer = outer.executor.call(outer.pipeline, [&](const Attempt&) {
        return outer.executor.call(outer.pipeline, [](const Attempt&) { return 21; }) * 2;
    });
    CHECK(answer == 42);
}

TEST_CASE("executors without a seed draw different delays") {
    const auto first_delay = [] {
        FakeClock clock;
        BlockingExecutor executor{{.clock = &clock}};
        Retry layer{{.max_attempts = 2, .jitter = FullJitter{}}};
        executor.run(Pipeline{{&layer}}, [](const Attempt&) { return Outcome::transient; });
        return clock.slept.at(0);
    };
    CHECK(first_delay() != first_delay());
}
