/// Random stacks of the real layers, random loads: nothing is lost, nothing happens twice, nothing leaks.

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>

#include "tests/policies/support/fleet.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;

namespace {

Duration some_time() { return std::chrono::milliseconds{*rc::gen::inRange(1, 4000)}; }
std::uint32_t some(std::uint32_t low, std::uint32_t high) { return *rc::gen::inRange(low, high + 1); }

Jitter any_jitter() {
    switch (some(0, 4)) {
        case 0:
            return NoJitter{};
        case 1:
            return ProportionalJitter{0.5};
        case 2:
            return FullJitter{};
        case 3:
            return EqualJitter{};
        default:
            return DecorrelatedJitter{};
    }
}

BudgetSettings any_budget() {
    switch (some(0, 4)) {
        case 0:
            return {.rule = ActiveRatioRule{.ratio = 0.3, .minimum = some(0, 2)}};
        case 1:
            return {.rule = InFlightRatioRule{.ratio = 0.3, .minimum = some(0, 2)}};
        case 2:
            return {.rule = DepositsRule{.ratio = 0.5, .min_per_second = Rate{0.2}}};
        case 3:
            return {.rule = HalfBucketRule{.tokens = 4, .refund = 0.5}};
        default:
            return {.rule = QuotaRule{.capacity = 20}};
    }
}

RetrySettings any_retry() {
    RetrySettings retry{.max_attempts = some(1, 5),
                        .on = some(0, 1) == 0 ? service_failures : FallbackSettings{}.on,
                        .backoff = ExponentialBackoff{some_time() / 10, 2, 4s},
                        .jitter = any_jitter()};
    if (some(0, 2) == 0) retry.budget = any_budget();
    if (some(0, 1) == 0) retry.ask_budget = AskBudget::after_delay;
    if (some(0, 3) == 0) retry.max_total = some_time();
    return retry;
}

Outcome any_outcome() { return outcome_names[some(0, outcome_count - 1)].outcome; }

LayerSettings any_hedge() {
    HedgeSettings hedge{.max_hedges = some(1, 3)};
    if (some(0, 3) != 0) hedge.after = some_time() / 4;
    if (some(0, 2) == 0) hedge.measured.emplace(QuantileDelay{.minimum_calls = 1});
    if (some(0, 2) == 0) hedge.measured.emplace(AverageDelay{.window = some(1, 4)});
    if (some(0, 3) == 0) hedge.ends_with = service_failures | OutcomeSet{Outcome::success};
    if (some(0, 1) == 0) hedge.failure = HedgeFailure::first;
    return hedge;
}

LayerSettings any_rate_limit() {
    RateLimitSettings limit{.refuse_late = some(0, 1) == 0};
    if (some(0, 1) == 0) limit.max_wait = some_time();
    switch (some(0, 4)) {
        case 0:
            limit.strategy = TokenBucketSettings{Rate{some(1, 20) / 4.0}, some(1, 3)};
            break;
        case 1:
            limit.strategy = TokenBucketSettings{Rate{some(1, 9) / 1.0}, some(1, 3), 1s};
            break;
        case 2:
            limit.strategy = FixedCycleSettings{some(1, 3), some_time()};
            break;
        case 3:
            limit.strategy = SmoothSettings{Rate{some(1, 20) / 4.0}, some(0, 1) == 0};
            break;
        default:
            limit.strategy = SlidingWindowSettings{some(1, 4), some_time(), some(1, 5)};
    }
    return limit;
}

LayerSettings any_throttle() {
    return ThrottleSettings{.k = some(10, 30) / 10.0,
                            .count_refused = some(0, 1) == 0,
                            .aggression = some(5, 20) / 10.0,
                            .window = some_time(),
                            .buckets = some(1, 5)};
}

LayerSettings any_concurrency() {
    switch (some(0, 3)) {
        case 0:
            return ConcurrencySettings{.strategy = AimdSettings{.initial = 2, .min = 1, .max = some(2, 9)}};
        case 1:
            return ConcurrencySettings{.strategy = VegasSettings{.initial = 2, .max = some(2, 9)}};
        case 2:
            return ConcurrencySettings{.strategy = Gradient2Settings{.initial = 2, .min = 1, .max = some(2, 9)}};
        default:
            return ConcurrencySettings{.strategy = GradientSettings{
                                           .min = 1, .max = some(1, 9), .probe_every = some_time(), .probe_calls = 2}};
    }
}

LayerSettings any_shedding() {
    if (some(0, 1) == 0) return ShedSettings{.max_concurrent = some(1, 4), .strategy = ShedPartitions{{0.5, 0.25}}};
    return ShedSettings{.max_concurrent = some(1, 4), .strategy = ShedByChance{{{0.9, 1}, {0.2, 0.7}}}};
}

LayerSettings any_chaos() {
    ChaosSettings chaos{.rate = some(0, 10) / 10.0};
    switch (some(0, 2)) {
        case 0:
            chaos.inject = ChaosLatency{some_time()};
            break;
        case 1:
            chaos.inject = ChaosFault{any_outcome()};
            break;
        default:
            chaos.inject = ChaosOutcome{any_outcome()};
    }
    return chaos;
}

LayerSettings any_balance() {
    BalanceSettings balance{.hosts = some(1, 5), .strategy = static_cast<BalanceStrategy>(some(0, 2))};
    if (some(0, 1) == 0) balance.ejection.emplace(EjectionSettings{.consecutive_failures = 2, .max_ejected = 1});
    return balance;
}

LayerSettings any_layer() {
    switch (some(0, 12)) {
        case 0:
            return FallbackSettings{.value = static_cast<FallbackValue>(some(0, 3)), .hit_rate = 0.5};
        case 1:
            return TimeoutSettings{some_time(), some(0, 1) == 0, some(0, 1) == 0};
        case 2:
            return any_retry();
        case 3: {
            BreakerSettings breaker{.open_for = some_time(), .half_open = {some(1, 3)}};
            if (some(0, 1) == 0) breaker.failure_threshold = some(1, 5);
            if (some(0, 1) == 0) breaker.window = BreakerWindow{some(4, 10)};
            breaker.minimum_calls = some(1, 4);
            return breaker;
        }
        case 4:
            return any_budget();
        case 5:
            return any_hedge();
        case 6:
            return any_rate_limit();
        case 7:
            return any_throttle();
        case 8:
            return any_concurrency();
        case 9:
            return any_shedding();
        case 10:
            return any_chaos();
        case 11:
            return any_balance();
        default: {
            BulkheadSettings bulkhead{.max_concurrent = some(1, 3), .max_waiting = some(0, 3)};
            if (some(0, 1) == 0) bulkhead.max_wait = some_time();
            if (some(0, 1) == 0) bulkhead.order = WaitingOrder::lifo;
            return bulkhead;
        }
    }
}

StackSettings any_stack() {
    StackSettings stack;
    int hedges = 0;  // each multiplies the attempts
    for (std::uint32_t left = some(0, 7); left > 0; --left) {
        LayerSettings layer = any_layer();
        if (std::holds_alternative<HedgeSettings>(layer) && ++hedges > 2) continue;
        stack.push_back(std::move(layer));
    }
    return stack;
}

bool nothing_left(const Budget& budget) {
    const BudgetLoad& load = budget.load();
    return load.inside + load.sleeping + load.extra + load.hedges == 0;
}

/// Nothing that a call held is held any more.
void nothing_is_held(const Fleet& fleet) {
    fleet.each<Turnstile>([](const Turnstile& turnstile) { RC_ASSERT(turnstile.orderly() && turnstile.empty()); });
    fleet.each<Bulkhead>([](const Bulkhead& bulkhead) { RC_ASSERT(bulkhead.inside() + bulkhead.waiting() == 0U); });
    fleet.each<Concurrency>([](const Concurrency& limit) { RC_ASSERT(limit.under_way() == 0U); });
    fleet.each<Shed>([](const Shed& shed) { RC_ASSERT(shed.under_way() == 0U); });
    fleet.each<Balance>([](const Balance& balance) { RC_ASSERT(balance.under_way() == 0U); });
    fleet.each<BudgetLayer>([](const BudgetLayer& layer) { RC_ASSERT(nothing_left(layer.budget())); });
    fleet.each<Retry>([](const Retry& retry) {
        if (retry.budget() != nullptr) RC_ASSERT(nothing_left(*retry.budget()));
    });
}

bool is_breaker(const LayerSettings& settings) { return std::holds_alternative<BreakerSettings>(settings); }

/// Layers that answer in place of the service, or turn away much or all of what a well service could answer.
bool hides_success(const LayerSettings& s) {
    return std::holds_alternative<FallbackSettings>(s) || std::holds_alternative<RateLimitSettings>(s) ||
           std::holds_alternative<ThrottleSettings>(s) || std::holds_alternative<ChaosSettings>(s);
}

}  // namespace

TEST_CASE("every call that goes in comes out once, attempts are conserved, and no place is lost") {
    CHECK(rc::check("for any stack and load", [] {
        const StackSettings stack = any_stack();
        const std::uint32_t clients = some(1, 8);
        Fleet fleet{stack, clients, *rc::gen::arbitrary<std::uint64_t>()};
        fleet.success_rate = some(0, 10) / 10.0;
        fleet.nonsense = some(0, 1) == 0;
        constexpr int rounds = 4;
        for (int round = 1; round <= rounds; ++round) {
            for (std::uint32_t client = 0; client < clients; ++client) fleet.start(client, some_time());
            fleet.run();
            RC_ASSERT(fleet.idle());
            RC_ASSERT(fleet.counts.calls == static_cast<int>(clients) * round);
            RC_ASSERT(fleet.counts.finished == fleet.counts.calls);
            RC_ASSERT(fleet.counts.attempts == fleet.counts.settled + fleet.counts.abandoned);
            RC_ASSERT(fleet.in_flight() == 0);
            RC_ASSERT(fleet.counts.numbered);
            RC_ASSERT(fleet.branches() == 0);
            nothing_is_held(fleet);
        }
        for (std::uint32_t client = 0; client < clients; ++client)
            RC_ASSERT(fleet.outcomes_of(client).size() == static_cast<std::size_t>(rounds));
    }));
}

TEST_CASE("calls that are given up at any moment leave nothing behind") {
    CHECK(rc::check("for any stack and load", [] {
        const StackSettings stack = any_stack();
        const std::uint32_t clients = some(1, 8);
        Fleet fleet{stack, clients, *rc::gen::arbitrary<std::uint64_t>()};
        fleet.success_rate = some(0, 10) / 10.0;
        for (std::uint32_t client = 0; client < clients; ++client) {
            fleet.start(client, some_time());
            fleet.cancel(client, some_time() * some(1, 4));
        }
        fleet.run();
        RC_ASSERT(fleet.idle());
        RC_ASSERT(fleet.counts.finished + fleet.counts.cancelled == fleet.counts.calls);
        RC_ASSERT(fleet.counts.attempts == fleet.counts.settled + fleet.counts.abandoned);
        RC_ASSERT(fleet.branches() == 0);
        nothing_is_held(fleet);
    }));
}

TEST_CASE("stale and wrong events change nothing") {
    CHECK(rc::check("a run ends the same with and without them", [] {
        const StackSettings stack = any_stack();
        const auto seed = *rc::gen::arbitrary<std::uint64_t>();
        const std::uint32_t clients = some(1, 8);
        const double success_rate = some(0, 10) / 10.0;
        const auto run = [&](bool nonsense) {
            Fleet fleet{stack, clients, seed};
            fleet.nonsense = nonsense;
            fleet.success_rate = success_rate;
            for (int round = 0; round < 3; ++round) {
                for (std::uint32_t client = 0; client < clients; ++client)
                    fleet.start(client, std::chrono::milliseconds{100 * client});
                fleet.run();
            }
            return fleet.counts.ends;
        };
        RC_ASSERT(run(true) == run(false));
    }));
}

TEST_CASE("a breaker never stays shut for good: when the service is well, it closes again") {
    CHECK(rc::check("for any stack with a breaker", [] {
        StackSettings stack = any_stack();
        stack.push_back(BreakerSettings{.open_for = some_time(), .half_open = {some(1, 3)}});
        std::erase_if(stack, hides_success);
        const std::uint32_t clients = some(1, 6);
        Fleet fleet{stack, clients, *rc::gen::arbitrary<std::uint64_t>()};
        fleet.success_rate = 0.3;
        for (int round = 0; round < 3; ++round) {
            for (std::uint32_t client = 0; client < clients; ++client) fleet.start(client, some_time());
            fleet.run();
        }
        // Well again, and asked one at a time: three trials for each breaker are more than enough.
        fleet.success_rate = 1;
        fleet.slowest = Duration{1};
        const auto breakers = std::count_if(stack.begin(), stack.end(), is_breaker);
        for (std::ptrdiff_t trial = 0; trial < 3 * breakers + breakers; ++trial) {
            fleet.start(0, 10s);
            fleet.run();
        }
        RC_ASSERT(fleet.outcomes_of(0).back() == Outcome::success);
        fleet.each<Breaker>([](const Breaker& breaker) { RC_ASSERT(breaker.state() == BreakerState::closed); });
    }));
}
