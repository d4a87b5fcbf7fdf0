#include "policies/metrics/metrics.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>

#include "policies/drivers/blocking.hpp"
#include "policies/metrics/exposition.hpp"
#include "tests/policies/support/fake_clock.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;

namespace {

struct MetricsRig {
    explicit MetricsRig(const StackSettings& settings) : stack(settings) {}

    CallResult run(Outcome outcome, Duration takes = 0s) {
        return executor.run(stack, [&](const Attempt&) {
            clock.advance(takes);
            return outcome;
        });
    }

    FakeClock clock;
    Metrics metrics;
    BlockingExecutor executor{{.seed = 1, .observer = &metrics, .clock = &clock}};
    LiveStack stack;
};

std::uint64_t of(const ByOutcome<std::uint64_t>& counts, Outcome outcome) {
    return counts[static_cast<std::size_t>(outcome)];
}

}  // namespace

TEST_CASE("metrics of nothing are zero, and tell of no breaker") {
    const Snapshot s = Metrics{}.snapshot();
    CHECK(s.calls_started == 0);
    CHECK(s.calls_finished() == 0);
    CHECK(s.breakers.empty());
    CHECK_FALSE(s.latency.mean());
    CHECK_FALSE(s.latency.quantile(0.5));
}

TEST_CASE("metrics count calls, attempts, retries and back-off by hand-made history") {
    MetricsRig rig{{RetrySettings{.max_attempts = 3, .backoff = ExponentialBackoff{1s, 2, 2s}, .jitter = NoJitter{}}}};
    rig.run(Outcome::success, 300us);
    rig.run(Outcome::client_error, 300us);
    rig.run(Outcome::overload, 0s);  // 3 attempts, waits 1 s and 2 s, the second at the cap
    rig.executor.run(rig.stack, [](const Attempt& a) { return a.number < 2 ? Outcome::transient : Outcome::success; });

    const Snapshot s = rig.metrics.snapshot();
    CHECK(s.calls_started == 4);
    CHECK(of(s.calls, Outcome::success) == 2);
    CHECK(of(s.calls, Outcome::client_error) == 1);
    CHECK(of(s.calls, Outcome::overload) == 1);
    CHECK(s.calls_finished() == 4);
    CHECK(s.calls_by_attempts[0] == 0);
    CHECK(s.calls_by_attempts[1] == 2);
    CHECK(s.calls_by_attempts[2] == 1);
    CHECK(s.calls_by_attempts[3] == 1);
    CHECK(s.attempts_of_calls == 7);
    CHECK(s.attempts_started == 7);
    CHECK(s.attempts_settled() == 7);
    CHECK(of(s.attempts[0], Outcome::success) == 1);
    CHECK(of(s.attempts[1], Outcome::success) == 1);
    CHECK(of(s.attempts[0], Outcome::transient) == 1);
    CHECK(of(s.attempts[2], Outcome::overload) == 1);
    CHECK(s.retries == 3);
    CHECK(s.retries_at_cap == 1);
    CHECK(s.backoff == 4s);
    CHECK(s.latency.count() == 4);
    CHECK(s.latency.sum == 600us + 3s + 1s);
    CHECK(s.latency.quantile(0.5) == Duration{500us});
    CHECK(s.latency.quantile(0.75) == Duration{1s});
    CHECK(s.latency.quantile(1) == Duration{5s});
}

TEST_CASE("attempts beyond those told apart are counted together") {
    MetricsRig rig{{RetrySettings{.max_attempts = 14, .backoff = ConstantBackoff{1ms}, .jitter = NoJitter{}}}};
    rig.run(Outcome::timeout);
    const Snapshot s = rig.metrics.snapshot();
    CHECK(of(s.attempts[attempts_told_apart - 1], Outcome::timeout) == 1);
    CHECK(of(s.attempts[attempts_told_apart], Outcome::timeout) == 4);
    CHECK(s.calls_by_attempts[attempts_told_apart + 1] == 1);
    CHECK(s.attempts_of_calls == 14);
}

TEST_CASE("an attempt that a timeout cut is abandoned, not settled") {
    MetricsRig rig{{TimeoutSettings{1s}}};
    rig.run(Outcome::success, 3s);
    const Snapshot s = rig.metrics.snapshot();
    CHECK(of(s.calls, Outcome::timeout) == 1);
    CHECK(s.attempts_started == 1);
    CHECK(s.attempts_settled() == 0);
    CHECK(s.attempts_abandoned == 1);
}

TEST_CASE("a breaker's recovery lasts from its opening until it closes, however often it opened again in between") {
    MetricsRig rig{{BreakerSettings{.failure_threshold = 2, .open_for = 10s, .half_open = {1}}}};
    rig.run(Outcome::success);
    rig.run(Outcome::unavailable);
    rig.run(Outcome::unavailable);  // opens at 0 s
    rig.run(Outcome::success);      // refused
    CHECK(rig.metrics.snapshot().breakers.at(0).state == BreakerState::open);
    rig.clock.advance(10s);
    rig.run(Outcome::unavailable);  // the trial fails
    rig.clock.advance(15s);
    rig.run(Outcome::success);  // closes at 25 s

    const Snapshot s = rig.metrics.snapshot();
    REQUIRE(s.breakers.size() == 1);
    const BreakerSnapshot& b = s.breakers[0];
    CHECK(b.number == 0);
    CHECK(b.state == BreakerState::closed);
    CHECK(b.transitions == std::array<std::uint64_t, breaker_moves.size()>{1, 0, 2, 1, 1});
    CHECK(b.successes == 2);
    CHECK(b.failures == 3);
    CHECK(b.failure_rate() == 0.6);
    CHECK(b.recovery.count() == 1);
    CHECK(b.recovery.sum == 25s);
    CHECK(of(s.refusals, Outcome::breaker_open) == 1);
    CHECK(s.calls_by_attempts[0] == 1);
}

TEST_CASE("a breaker's failure rate is over its last hundred outcomes") {
    MetricsRig rig{{BreakerSettings{.failure_threshold = 1000}}};
    for (int i = 0; i < 60; ++i) rig.run(Outcome::transient);
    for (int i = 0; i < 80; ++i) rig.run(Outcome::success);
    CHECK(rig.metrics.snapshot().breakers.at(0).failure_rate() == 0.2);
    rig.run(Outcome::client_error);  // ignored by the breaker
    CHECK(rig.metrics.snapshot().breakers.at(0).recent == 100);
}

TEST_CASE("fallbacks are counted by where the value came from") {
    MetricsRig rig{{FallbackSettings{}, FallbackSettings{.value = FallbackValue::cached, .on = {Outcome::overload}}}};
    rig.run(Outcome::overload);
    rig.run(Outcome::timeout);
    rig.run(Outcome::timeout);
    const Snapshot s = rig.metrics.snapshot();
    CHECK(s.fallbacks_cached == 1);
    CHECK(s.fallbacks_default == 2);
    CHECK(of(s.calls, Outcome::fallback) == 3);
}

TEST_CASE("hedges are counted, and by which try the call was decided") {
    Metrics metrics;
    metrics.budget_denied({1, 1}, Instant{}, ExtraAttempt::hedge);
    metrics.hedged({1, 1}, Instant{}, 2);
    metrics.hedged({1, 1}, Instant{}, 3);
    metrics.branch_chosen({1, 1}, Instant{}, {3, Outcome::success});
    metrics.branch_chosen({2, 1}, Instant{}, {1, Outcome::overload});
    metrics.call_cancelled({3, 1}, Instant{}, 1);
    const Snapshot s = metrics.snapshot();
    CHECK(s.hedges == 2);
    CHECK(s.budget_denied == 1);
    CHECK(of(s.hedge_chosen, Outcome::success) == 1);
    CHECK(of(s.first_chosen, Outcome::overload) == 1);
    CHECK(of(s.first_chosen, Outcome::success) == 0);
    CHECK(s.calls_cancelled == 1);
    const std::string page = exposition(s);
    CHECK_THAT(page, Catch::Contains("stampede_hedges_total 2\n"));
    CHECK_THAT(page, Catch::Contains("stampede_budget_denied_total 1\n"));
    CHECK_THAT(page, Catch::Contains("stampede_hedge_decisions_total{by=\"hedge\",outcome=\"success\"} 1\n"));
}

TEST_CASE("breakers with too high a number are counted, but not told apart") {
    Metrics metrics{2};
    FakeClock clock;
    BlockingExecutor executor{{.seed = 1, .observer = &metrics, .clock = &clock}};
    const LiveStack stack{{BreakerSettings{.failure_threshold = 1}}, 2};
    executor.run(stack, [](const Attempt&) { return Outcome::overload; });
    CHECK(metrics.snapshot().breakers.empty());
    CHECK(metrics.snapshot().of_unknown_breakers == 2);  // the outcome, and that it opened
}

TEST_CASE("a duration belongs to the first bound that is not below it") {
    using H = DurationHistogram;
    CHECK(H::bounds.front() == 100us);
    CHECK(H::bounds.back() == 100s);
    CHECK(H::bucket(0s) == 0);
    for (std::size_t i = 0; i < H::bounds.size(); ++i) {
        CHECK(H::bucket(H::bounds[i]) == i);
        CHECK(H::bucket(H::bounds[i] + 1ns) == i + 1);
    }
    CHECK(H::bucket(Duration::max()) == H::buckets - 1);
}

TEST_CASE("the transitions that are told apart are all that a breaker makes") {
    for (const BreakerReason reason : breaker_reasons) {
        const auto is_it = [&](const BreakerMove& move) { return move.reason == reason; };
        CHECK(std::any_of(breaker_moves.begin(), breaker_moves.end(), is_it));
    }
    for (std::size_t i = 0; i < breaker_reasons.size(); ++i) CHECK(static_cast<std::size_t>(breaker_reasons[i]) == i);
    CHECK(to_string(static_cast<BreakerReason>(breaker_reasons.size())) == "?");
}
