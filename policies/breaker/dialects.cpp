/// What breakers of other libraries do, in our settings. Their rules: docs/policies/breaker.md.

#include "policies/breaker/settings.hpp"

namespace stampede {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Libraries count every error, whoever made it; what the user tells them to leave out are client errors.
constexpr OutcomeSet every_error = service_failures | refusals;

/// resilience4j 2.4, CircuitBreakerConfig and CircuitBreakerStateMachine.
BreakerSettings resilience4j_breaker() {
    BreakerSettings s;
    s.window = BreakerWindow{.count = 100};
    s.buckets = {.at_least = 1, .widest = seconds{1}, .turn = BucketTurn::clock};
    s.failure_rate = 0.5;
    s.slow_after = seconds{60};
    s.slow_rate = 1.0;
    s.minimum_calls = 100;
    s.cap_minimum = true;
    s.open_for = seconds{60};
    s.open_until = OpenUntil::passed;
    s.half_open.calls = 10;
    s.half_open.decides = Decides::rates;
    s.stale = Stale::counted;
    s.on = every_error;
    s.ignore = {Outcome::client_error};
    return s;
}

/// Polly 8, CircuitBreakerStrategyOptions and CircuitStateController: what it does not handle is a success.
BreakerSettings polly_breaker() {
    BreakerSettings s;
    s.window = BreakerWindow{.time = seconds{30}};
    s.buckets.turn = BucketTurn::call;
    s.failure_rate = 0.1;
    s.minimum_calls = 100;
    s.judged_on = JudgedOn::failure;
    s.open_for = seconds{5};
    s.half_open.calls = 1;
    s.half_open.ignored = IgnoredTrial::succeeds;
    s.stale = Stale::counted;
    s.emptied = Emptied::closing;
    s.on = every_error;
    s.ignore = {};
    return s;
}

/// Failsafe 3 and failsafe-go: one failure of one, and the same the other way round to close.
BreakerSettings failsafe_breaker() {
    BreakerSettings s;
    s.failure_threshold = 1;
    s.minimum_calls = 0;
    s.open_for = seconds{60};
    s.half_open.calls = 1;
    s.half_open.permits = Permits::at_once;
    s.stale = Stale::counted;
    s.on = every_error;
    s.ignore = {};
    return s;
}

/// gobreaker 2, Settings: trips with the sixth failure in a row.
BreakerSettings gobreaker_breaker() {
    BreakerSettings s;
    s.failure_threshold = 6;
    s.minimum_calls = 0;
    s.compare = Compare::above;
    s.judged_on = JudgedOn::failure;
    s.open_for = seconds{60};
    s.open_until = OpenUntil::passed;
    s.half_open.calls = 1;
    s.on = every_error;
    s.ignore = {Outcome::client_error};
    return s;
}

/// cockatiel 3.2.1: the breaker of its documentation's first example.
BreakerSettings cockatiel_breaker() {
    BreakerSettings s;
    s.buckets = {.at_least = 5, .widest = seconds{1}, .turn = BucketTurn::one_a_call};
    s.minimum_calls = 100'000;
    s.cap_minimum = true;
    s.minimum_failures = Rate{5};
    s.compare = Compare::above;
    s.judged_on = JudgedOn::failure;
    s.open_for = seconds{10};
    s.half_open.calls = 1;
    s.half_open.others = Others::wait;
    s.half_open.max_waiting = 1'000'000;
    s.half_open.ignored = IgnoredTrial::closes;
    s.stale = Stale::as_let_through;
    s.emptied = Emptied::closing;
    s.trials_in_window = true;
    s.on = every_error;
    s.ignore = {Outcome::client_error};
    return s;
}

/// opossum 9: the rate is of the calls that were made, and an error that is filtered out is a success.
BreakerSettings opossum_breaker() {
    BreakerSettings s;
    s.window = BreakerWindow{.time = seconds{10}};
    s.failure_rate = 0.5;
    s.minimum_calls = 0;
    s.compare = Compare::above;
    s.rate_of = RateOf::calls;
    s.judged_on = JudgedOn::failure;
    s.open_for = seconds{30};
    s.half_open.calls = 1;
    s.half_open.timed = true;
    s.stale = Stale::counted;
    s.emptied = Emptied::never;
    s.trials_in_window = true;
    s.on = every_error;
    s.ignore = {};
    return s;
}

/// Hystrix 1.5, HystrixCircuitBreaker: looks at a snapshot of its window every 500 ms.
BreakerSettings hystrix_breaker() {
    BreakerSettings s;
    s.window = BreakerWindow{.time = seconds{10}};
    s.failure_rate = 0.5;
    s.minimum_calls = 20;
    s.judged_every = milliseconds{500};
    s.open_for = seconds{5};
    s.open_until = OpenUntil::passed;
    s.half_open.calls = 1;
    s.stale = Stale::counted;
    s.emptied = Emptied::closing;
    s.on = every_error;
    s.ignore = {Outcome::client_error};
    return s;
}

/// semian's classic breaker: errors in a time, and half-open everything runs. Its numbers are required there.
BreakerSettings semian_breaker() {
    BreakerSettings s;
    s.window = BreakerWindow{.time = seconds{10}};
    s.buckets.at_least = 100;
    s.failure_count = 3;
    s.minimum_calls = 0;
    s.judged_on = JudgedOn::failure;
    s.open_for = seconds{10};
    s.open_from = OpenFrom::last_failure;
    s.open_until = OpenUntil::passed;
    s.half_open.calls = 1;
    s.half_open.others = Others::pass;
    s.stale = Stale::counted;
    s.ignore = {};
    s.on = every_error;
    return s;
}

/// Finagle, FailureAccrualFactory: 80 % within 30 s or else 5 in a row; dead for 5 s to 300 s with equal jitter.
BreakerSettings finagle_breaker() {
    BreakerSettings s;
    s.failure_threshold = 5;
    s.window = BreakerWindow{.time = seconds{30}};
    s.failure_rate = 0.2;
    s.minimum_calls = 5;
    s.compare = Compare::above;
    s.judged_on = JudgedOn::failure;
    s.open_backoff = ExponentialBackoff{.initial = seconds{5}, .multiplier = 2, .max = seconds{300}};
    s.open_jitter = EqualJitter{};
    s.half_open.calls = 1;
    s.half_open.timed = true;
    s.stale = Stale::counted;
    s.on = every_error;
    s.ignore = {};
    return s;
}

}  // namespace

BreakerSettings BreakerSettings::of(Dialect dialect) {
    switch (dialect) {
        case Dialect::resilience4j:
            return resilience4j_breaker();
        case Dialect::polly:
            return polly_breaker();
        case Dialect::failsafe:
            return failsafe_breaker();
        case Dialect::gobreaker:
            return gobreaker_breaker();
        case Dialect::cockatiel:
            return cockatiel_breaker();
        case Dialect::opossum:
            return opossum_breaker();
        case Dialect::hystrix:
            return hystrix_breaker();
        case Dialect::semian:
            return semian_breaker();
        case Dialect::finagle:
            return finagle_breaker();
        default:
            return {};
    }
}

}  // namespace stampede
