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

namespace {

/// One retry, asked once.
Exit first_exit(const RetrySettings& settings, Bench& bench, Outcome outcome = Outcome::overload) {
    Retry retry{settings};
    Frame frame;
    Context context = bench.context();
    retry.enter(context, frame);
    return retry.leave(context, frame, outcome);
}

RetrySettings heeding(PushbackRule rule) {
    RetrySettings settings = without_jitter(6);
    settings.retry_after = std::move(rule);
    return settings;
}

}  // namespace

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

TEST_CASE("what the service asks for is ignored unless the settings say otherwise") {
    Bench bench;
    bench.facts.retry_after = Pushback{7000};
    CHECK(first_exit(without_jitter(6), bench).delay == 100ms);
}

TEST_CASE("Microsoft's handler and gRPC wait exactly as long as they were told, however long that is") {
    Bench bench;
    bench.facts.retry_after = Pushback{7000};
    CHECK(first_exit(heeding(ExactPushback{}), bench).delay == 7s);
    bench.facts.retry_after = Pushback{0};
    CHECK(first_exit(heeding(ExactPushback{}), bench).delay == 0s);
    bench.facts.retry_after = no_pushback;
    CHECK(first_exit(heeding(ExactPushback{}), bench).delay == 100ms);
}

TEST_CASE("gRPC begins its backoff anew after a pushback, others go on with it") {
    for (const bool restarts : {true, false}) {
        Bench bench;
        Retry retry{heeding(ExactPushback{restarts})};
        Frame frame;
        Context context = bench.context();
        retry.enter(context, frame);
        CHECK(retry.leave(context, frame, Outcome::overload).delay == 100ms);
        CHECK(retry.leave(context, frame, Outcome::overload).delay == 200ms);
        bench.facts.retry_after = Pushback{5000};
        CHECK(retry.leave(context, frame, Outcome::overload).delay == 5s);
        bench.facts.retry_after = no_pushback;
        CHECK(retry.leave(context, frame, Outcome::overload).delay == (restarts ? 100ms : 800ms));
    }
}

TEST_CASE("gRPC's negative pushback: no retry") {
    Bench bench;
    bench.facts.retry_after = never_again;
    CHECK(first_exit(heeding(ExactPushback{}), bench).kind == Exit::Kind::pass);
    CHECK(first_exit(heeding(IgnorePushback{}), bench).kind == Exit::Kind::again);
    CHECK(bench.record.retries.size() == 1);
}

TEST_CASE("Envoy spreads a rate limit's reset over half as much again, and does not believe more than its maximum") {
    Bench bench;
    Duration least = 1h;
    Duration most{};
    for (int i = 0; i < 5000; ++i) {
        bench.facts.retry_after = Pushback{10'000};
        const Duration delay = first_exit(heeding(SpreadPushback{}), bench).delay;
        least = std::min(least, delay);
        most = std::max(most, delay);
    }
    CHECK(to_seconds(least) == Approx(10).margin(0.02));
    CHECK(to_seconds(most) == Approx(15).margin(0.02));
    bench.facts.retry_after = Pushback{301'000};
    CHECK(first_exit(heeding(SpreadPushback{}), bench).delay == 100ms);
}

TEST_CASE("failsafe-go jitters what it was told") {
    Bench bench;
    bench.facts.retry_after = Pushback{10'000};
    RetrySettings settings = heeding(JitteredPushback{});
    CHECK(first_exit(settings, bench).delay == 10s);
    settings.jitter = ProportionalJitter{0.1};
    const Duration delay = first_exit(settings, bench).delay;
    CHECK(delay >= 9s);
    CHECK(delay <= 11s);
    CHECK(delay != 10s);
}

TEST_CASE("the AWS SDKs bring their delay between what they were told and 5 s more") {
    Bench bench;
    bench.facts.retry_after = Pushback{3000};
    CHECK(first_exit(heeding(ClampedPushback{}), bench).delay == 3s);
    RetrySettings slow = heeding(ClampedPushback{});
    slow.backoff = ConstantBackoff{20s};
    CHECK(first_exit(slow, bench).delay == 8s);
    slow.backoff = ConstantBackoff{4s};
    CHECK(first_exit(slow, bench).delay == 4s);
}

TEST_CASE("a retry that would begin after max_total is given up, or its delay shortened") {
    Bench bench;
    RetrySettings settings = without_jitter(6);
    settings.max_total = 500ms;
    bench.facts.begun = Instant{10s};
    bench.now = Instant{10s} + 400ms;
    CHECK(first_exit(settings, bench).delay == 100ms);  // begins just in time
    bench.now = Instant{10s} + 401ms;
    CHECK(first_exit(settings, bench).kind == Exit::Kind::pass);
    settings.over_total = TooLate::shorten;
    CHECK(first_exit(settings, bench).delay == 99ms);
    bench.now = Instant{10s} + 500ms;
    CHECK(first_exit(settings, bench).kind == Exit::Kind::pass);
}

TEST_CASE("a retry heeds the call's deadline where it is told to") {
    Bench bench;
    bench.facts.deadline = Instant{50ms};
    RetrySettings settings = without_jitter(6);
    CHECK(first_exit(settings, bench).delay == 100ms);
    settings.over_deadline = TooLate::give_up;
    CHECK(first_exit(settings, bench).kind == Exit::Kind::pass);
    settings.over_deadline = TooLate::shorten;
    CHECK(first_exit(settings, bench).delay == 50ms);
    bench.facts.deadline = Instant::max();
    CHECK(first_exit(settings, bench).delay == 100ms);
}

TEST_CASE("a retry that its budget denies passes the failure on, and says so") {
    Bench bench;
    RetrySettings settings = without_jitter(6);
    settings.budget = BudgetSettings{.rule = QuotaRule{.capacity = 5}};
    Retry retry{settings};
    Frame frame;
    Context context = bench.context();
    retry.enter(context, frame);
    CHECK(retry.leave(context, frame, Outcome::transient).kind == Exit::Kind::reconsider);
    CHECK(retry.timer(context, frame).kind == Verdict::Kind::nothing);
    CHECK(retry.leave(context, frame, Outcome::transient).kind == Exit::Kind::pass);
    CHECK(bench.record.denied == 1);
    CHECK(bench.record.retries.size() == 1);
    CHECK(retry.budget()->load().inside == 0);
    CHECK(retry.budget()->load().extra == 0);
}

TEST_CASE("AWS: a success gives back what the call's last retry had cost") {
    Bench bench;
    RetrySettings settings = without_jitter(6);
    settings.budget = BudgetSettings{.rule = QuotaRule{.capacity = 10}};
    Retry retry{settings};
    Frame frame;
    Context context = bench.context();
    retry.enter(context, frame);
    CHECK(retry.leave(context, frame, Outcome::timeout).kind == Exit::Kind::reconsider);  // takes all 10
    (void)retry.timer(context, frame);
    CHECK(retry.leave(context, frame, Outcome::success).kind == Exit::Kind::pass);
    retry.enter(context, frame);
    CHECK(retry.leave(context, frame, Outcome::timeout).kind == Exit::Kind::reconsider);
}

TEST_CASE("failsafe-go asks its budget when the delay is over") {
    Bench bench;
    RetrySettings settings = without_jitter(6);
    settings.budget = BudgetSettings{.rule = InFlightRatioRule{.ratio = 0, .minimum = 0}};
    settings.ask_budget = AskBudget::after_delay;
    settings.budget->rule = QuotaRule{.capacity = 1};
    Retry retry{settings};
    Frame frame;
    Context context = bench.context();
    retry.enter(context, frame);
    CHECK(retry.leave(context, frame, Outcome::reset).delay == 100ms);
    CHECK(retry.budget()->load().sleeping == 1);
    const Verdict verdict = retry.timer(context, frame);
    CHECK(verdict.kind == Verdict::Kind::cut);
    CHECK(verdict.outcome == Outcome::reset);
    CHECK(retry.budget()->load().sleeping == 0);
    CHECK(retry.budget()->load().inside == 0);
}

TEST_CASE("a budget of its own goes before one further out") {
    Bench bench;
    Budget outer{BudgetSettings{.rule = QuotaRule{.capacity = 1}}};
    bench.facts.budget = &outer;
    RetrySettings settings = without_jitter(6);
    CHECK(first_exit(settings, bench).kind == Exit::Kind::pass);
    settings.budget = BudgetSettings{};
    CHECK(first_exit(settings, bench).kind == Exit::Kind::reconsider);
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

TEST_CASE("every dialect's settings are valid, and differ from ours") {
    for (const Dialect dialect : RetrySettings::dialects) {
        INFO(choice_name(dialect));
        CHECK_NOTHROW(validate(RetrySettings::of(dialect)));
        CHECK_FALSE(same(RetrySettings::of(dialect), RetrySettings{}));
    }
    CHECK(same(RetrySettings::of(Dialect::opossum), RetrySettings{}));
}
