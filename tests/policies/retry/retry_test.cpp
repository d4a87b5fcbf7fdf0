#include "policies/retry/retry.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "policies/core/same.hpp"
#include "policies/stack.hpp"
#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

/// Fails the same call again and again; answers the delays until the retry gives up.
std::vector<Duration> delays_of(const RetrySettings& settings, Bench& bench, Outcome failure = Outcome::transient) {
    Retry retry{settings};
    Frame frame;
    Context context = bench.context();
    CHECK(retry.enter(context, frame).kind == Entry::Kind::proceed);
    std::vector<Duration> delays;
    for (;;) {
        const Exit exit = retry.leave(context, frame, failure);
        if (exit.kind == Exit::Kind::pass) {
            CHECK(exit.outcome == failure);
            return delays;
        }
        delays.push_back(exit.delay);
    }
}

RetrySettings without_jitter(std::uint32_t attempts) {
    return {.max_attempts = attempts, .backoff = ExponentialBackoff{100ms, 2, 1s}, .jitter = NoJitter{}};
}

}  // namespace

TEST_CASE("retry makes its attempts and then passes the last outcome on") {
    Bench bench;
    CHECK(delays_of(without_jitter(6), bench) == std::vector<Duration>{100ms, 200ms, 400ms, 800ms, 1s});
}

TEST_CASE("retry with one attempt never retries") {
    Bench bench;
    CHECK(delays_of(without_jitter(1), bench).empty());
    CHECK(bench.record.retries.empty());
}

TEST_CASE("a call that serves a retry is tried once where that is asked for") {
    Bench bench;
    auto settings = without_jitter(3);
    bench.facts.for_retry = true;
    CHECK(delays_of(settings, bench).size() == 2);
    settings.for_retry = ForRetry::give_up;
    CHECK(delays_of(settings, bench).empty());
    settings.budget.emplace();
    CHECK(delays_of(settings, bench).empty());
    bench.facts.for_retry = false;
    CHECK(delays_of(settings, bench).size() == 2);
}

TEST_CASE("retry reports every retry with its number, its delay and whether it is at the cap") {
    Bench bench;
    delays_of(without_jitter(6), bench);
    REQUIRE(bench.record.retries.size() == 5);
    for (std::uint32_t i = 0; i < 5; ++i) {
        CHECK(bench.record.retries[i].retry == i + 1);
        CHECK(bench.record.retries[i].at_cap == (i == 4));
    }
    CHECK(bench.record.retries[2].delay == 400ms);
}

TEST_CASE("retry passes on what it is not told to retry, by default successes, client errors and refusals") {
    for (const Outcome outcome :
         {Outcome::success, Outcome::fallback, Outcome::client_error, Outcome::breaker_open, Outcome::bulkhead_full}) {
        Bench bench;
        CHECK(delays_of(without_jitter(6), bench, outcome).empty());
    }
}

TEST_CASE("retry tries refusals again where it is told to") {
    Bench bench;
    RetrySettings settings = without_jitter(3);
    settings.on = {Outcome::breaker_open};
    CHECK(delays_of(settings, bench, Outcome::breaker_open) == std::vector<Duration>{100ms, 200ms});
    CHECK(delays_of(settings, bench, Outcome::transient).empty());
}

TEST_CASE("decorrelated jitter starts from the base and goes on from the delay drawn before") {
    CHECK(rc::check("for any stream", [](std::uint64_t seed) {
        Bench bench;
        bench.random = Stream{seed};
        RetrySettings settings = without_jitter(20);
        settings.jitter = DecorrelatedJitter{};
        Stream same{seed};
        Duration previous = 100ms;
        for (const Duration delay : delays_of(settings, bench)) {
            RC_ASSERT(delay == std::min<Duration>(1s, uniform(same, 100ms, 3 * previous)));
            previous = delay;
        }
        for (const RetryScheduled& retry : bench.record.retries) RC_ASSERT(retry.at_cap == (retry.delay == 1s));
    }));
}

TEST_CASE("the defaults are six attempts from 1 s, doubling to 60 s, give or take a tenth") {
    Bench bench;
    const std::vector<Duration> delays = delays_of(RetrySettings{}, bench);
    REQUIRE(delays.size() == 5);
    for (std::size_t i = 0; i < delays.size(); ++i) CHECK(to_seconds(delays[i]) == Approx(1 << i).epsilon(0.1));
}

TEST_CASE("one retry layer keeps the calls of many clients apart") {
    Bench bench;
    Retry retry{without_jitter(3)};
    Frame a;
    Frame b;
    Context context = bench.context();
    retry.enter(context, a);
    retry.enter(context, b);
    CHECK(retry.leave(context, a, Outcome::transient).delay == 100ms);
    CHECK(retry.leave(context, a, Outcome::transient).delay == 200ms);
    CHECK(retry.leave(context, b, Outcome::transient).delay == 100ms);
    CHECK(retry.leave(context, a, Outcome::transient).kind == Exit::Kind::pass);
}

TEST_CASE("a retry that enters again starts afresh") {
    Bench bench;
    Retry retry{without_jitter(2)};
    Frame frame;
    Context context = bench.context();
    for (int i = 0; i < 2; ++i) {
        retry.enter(context, frame);
        CHECK(retry.leave(context, frame, Outcome::timeout).delay == 100ms);
        CHECK(retry.leave(context, frame, Outcome::timeout).kind == Exit::Kind::pass);
    }
}

TEST_CASE("retrying an answer is a mistake") {
    RetrySettings settings;
    CHECK(Complaints::about(settings).empty());
    settings.on.insert(Outcome::success);
    CHECK(Complaints::about(settings) == std::vector<std::string>{"on"});
}

TEST_CASE("a jitter that the cap follows never exceeds it") {
    Bench bench;
    RetrySettings settings = without_jitter(20);
    settings.jitter = ProportionalJitter{0.5};
    settings.cap = CapPlace::after_jitter;
    const auto delays = delays_of(settings, bench);
    CHECK(*std::max_element(delays.begin(), delays.end()) == 1s);
    for (std::size_t i = 5; i < delays.size(); ++i) CHECK(delays[i] == 1s);  // 3.2 s less a half is more than the cap
}

TEST_CASE("a constant delay has nothing to cap after its jitter") {
    Bench bench;
    RetrySettings settings = without_jitter(200);
    settings.backoff = ConstantBackoff{1s};
    settings.jitter = ProportionalJitter{0.5};
    settings.cap = CapPlace::after_jitter;
    const auto delays = delays_of(settings, bench);
    CHECK(*std::max_element(delays.begin(), delays.end()) > 1400ms);
}

TEST_CASE("attempts are counted as each library counts them") {
    const auto tries = [](Dialect dialect) {
        Bench bench;
        RetrySettings settings = RetrySettings::of(dialect);
        settings.budget.reset();
        return delays_of(settings, bench, Outcome::unavailable).size() + 1;
    };
    CHECK(tries(Dialect::resilience4j) == 3);  // maxAttempts 3 includes the first
    CHECK(tries(Dialect::polly) == 4);         // MaxRetryAttempts 3 does not
    CHECK(tries(Dialect::failsafe) == 3);      // maxRetries 2
    CHECK(tries(Dialect::envoy) == 2);         // num_retries 1
    CHECK(tries(Dialect::istio) == 3);         // attempts 2
    CHECK(tries(Dialect::grpc) == 4);
    CHECK(tries(Dialect::aws_standard) == 3);
}

TEST_CASE("gRPC makes no more than 5 attempts, whatever it is told") {
    Bench bench;
    RetrySettings settings = RetrySettings::of(Dialect::grpc);
    settings.max_attempts = 8;
    CHECK(delays_of(settings, bench, Outcome::unavailable).size() + 1 == 5);
    settings.max_attempts = 2;
    CHECK(delays_of(settings, bench, Outcome::unavailable).size() + 1 == 2);
}

TEST_CASE("every dialect's settings are valid, and differ from ours") {
    for (const Dialect dialect : RetrySettings::dialects) {
        INFO(choice_name(dialect));
        CHECK_NOTHROW(validate(RetrySettings::of(dialect)));
        CHECK_FALSE(same(RetrySettings::of(dialect), RetrySettings{}));
    }
    CHECK(same(RetrySettings::of(Dialect::opossum), RetrySettings{}));
}
