/// What bounds a retry besides its attempts: what the service asks for, time, and budgets.

#include <algorithm>
#include <catch2/catch.hpp>
#include <utility>

#include "policies/retry/retry.hpp"
#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

/// Without jitter, so that delays can be said beforehand.
RetrySettings plainly(std::uint32_t attempts = 6) {
    return {.max_attempts = attempts, .backoff = ExponentialBackoff{100ms, 2, 1s}, .jitter = NoJitter{}};
}

/// One retry, asked once.
Exit first_exit(const RetrySettings& settings, Bench& bench, Outcome outcome = Outcome::overload) {
    Retry retry{settings};
    Frame frame;
    Context context = bench.context();
    retry.enter(context, frame);
    return retry.leave(context, frame, outcome);
}

RetrySettings heeding(PushbackRule rule) {
    RetrySettings settings = plainly();
    settings.retry_after = std::move(rule);
    return settings;
}

}  // namespace

TEST_CASE("what the service asks for is ignored unless the settings say otherwise") {
    Bench bench;
    bench.retry_after = Pushback{7000};
    CHECK(first_exit(plainly(), bench).delay == 100ms);
}

TEST_CASE("Microsoft's handler and gRPC wait exactly as long as they were told, however long that is") {
    Bench bench;
    bench.retry_after = Pushback{7000};
    CHECK(first_exit(heeding(ExactPushback{}), bench).delay == 7s);
    bench.retry_after = Pushback{0};
    CHECK(first_exit(heeding(ExactPushback{}), bench).delay == 0s);
    bench.retry_after = no_pushback;
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
        context.retry_after = Pushback{5000};
        CHECK(retry.leave(context, frame, Outcome::overload).delay == 5s);
        context.retry_after = no_pushback;
        CHECK(retry.leave(context, frame, Outcome::overload).delay == (restarts ? 100ms : 800ms));
    }
}

TEST_CASE("gRPC's negative pushback: no retry") {
    Bench bench;
    bench.retry_after = never_again;
    CHECK(first_exit(heeding(ExactPushback{}), bench).kind == Exit::Kind::pass);
    CHECK(first_exit(heeding(IgnorePushback{}), bench).kind == Exit::Kind::again);
    CHECK(bench.record.retries.size() == 1);
}

TEST_CASE("Envoy spreads a rate limit's reset over half as much again, and does not believe more than its maximum") {
    Bench bench;
    Duration least = 1h;
    Duration most{};
    for (int i = 0; i < 5000; ++i) {
        bench.retry_after = Pushback{10'000};
        const Duration delay = first_exit(heeding(SpreadPushback{}), bench).delay;
        least = std::min(least, delay);
        most = std::max(most, delay);
    }
    CHECK(to_seconds(least) == Approx(10).margin(0.02));
    CHECK(to_seconds(most) == Approx(15).margin(0.02));
    bench.retry_after = Pushback{301'000};
    CHECK(first_exit(heeding(SpreadPushback{}), bench).delay == 100ms);
}

TEST_CASE("failsafe-go jitters what it was told") {
    Bench bench;
    bench.retry_after = Pushback{10'000};
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
    bench.retry_after = Pushback{3000};
    CHECK(first_exit(heeding(ClampedPushback{}), bench).delay == 3s);
    RetrySettings slow = heeding(ClampedPushback{});
    slow.backoff = ConstantBackoff{20s};
    CHECK(first_exit(slow, bench).delay == 8s);
    slow.backoff = ConstantBackoff{4s};
    CHECK(first_exit(slow, bench).delay == 4s);
}

TEST_CASE("a retry that would begin after max_total is given up, or its delay shortened") {
    Bench bench;
    RetrySettings settings = plainly();
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
    RetrySettings settings = plainly();
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
    RetrySettings settings = plainly();
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
    RetrySettings settings = plainly();
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
    RetrySettings settings = plainly();
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
    bench.budget = &outer;
    RetrySettings settings = plainly();
    CHECK(first_exit(settings, bench).kind == Exit::Kind::pass);
    settings.budget = BudgetSettings{};
    CHECK(first_exit(settings, bench).kind == Exit::Kind::reconsider);
}
