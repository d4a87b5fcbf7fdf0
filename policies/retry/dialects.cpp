/// How other libraries retry where nothing is said: their own defaults, from their sources. `max_attempts` counts the
/// first try; where a library counts only what comes after it, one is added. What a library calls unlimited is as much
/// as a setting may be.

#include "policies/retry/retry.hpp"

namespace stampede {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint32_t unlimited = 1000;

/// As many attempts, and a delay that is not spread.
RetrySettings plain(std::uint32_t attempts, Duration delay) {
    RetrySettings settings;
    settings.max_attempts = attempts;
    settings.backoff = ConstantBackoff{delay};
    settings.jitter = NoJitter{};
    return settings;
}

/// RetryConfig: maxAttempts 3, waitDuration 500 ms. An interval is capped after it was randomised (IntervalFunction).
RetrySettings of_resilience4j() {
    RetrySettings settings = plain(3, milliseconds{500});
    settings.cap = CapPlace::after_jitter;
    return settings;
}

/// RetryPolicyConfig: maxRetries 2, no delay. A delay is shortened to what is left of maxDuration; failsafe-go asks its
/// budget when the delay is over and spreads a Retry-After by the policy's own jitter.
RetrySettings of_failsafe() {
    RetrySettings settings = plain(3, Duration{});
    settings.retry_after = JitteredPushback{};
    settings.over_total = TooLate::shorten;
    settings.ask_budget = AskBudget::after_delay;
    return settings;
}

/// retry_policy: num_retries 1, base_interval 25 ms, max_interval ten times that.
RetrySettings with_envoys_backoff(std::uint32_t attempts) {
    RetrySettings settings;
    settings.max_attempts = attempts;
    settings.backoff = ExponentialBackoff{milliseconds{25}, 2, milliseconds{250}, {}};
    settings.jitter = EnvoyJitter{};
    return settings;
}

/// A cluster's max_retries is 3 where nothing is said, whatever the number of its requests.
RetrySettings of_envoy() {
    RetrySettings settings = with_envoys_backoff(2);
    settings.budget = BudgetSettings{.scope = Scope::client, .rule = ActiveRatioRule{.ratio = 0, .minimum = 3}};
    return settings;
}

/// The mesh's default: 2 retries of what was surely not processed, and no limit to retries at once.
RetrySettings of_istio() {
    RetrySettings settings = with_envoys_backoff(3);
    settings.on = {Outcome::unavailable, Outcome::overload, Outcome::reset};
    return settings;
}

/// A6 has no defaults; this is its example: 4 attempts, 0.1 s doubling up to 1 s, UNAVAILABLE.
RetrySettings of_grpc() {
    RetrySettings settings;
    settings.max_attempts = 4;
    settings.most_attempts = 5;  // A6: "values greater than 5 are treated as 5", and no error
    settings.on = {Outcome::unavailable, Outcome::overload, Outcome::reset};
    settings.backoff = ExponentialBackoff{milliseconds{100}, 2, seconds{1}, {}};
    settings.jitter = GrpcJitter{};
    settings.retry_after = ExactPushback{.restarts = true};
    settings.over_deadline = TooLate::give_up;
    return settings;
}

/// botocore's standard.py: 3 attempts, U(0, 1)·min(2^n, 20) s, a quota of 500.
RetrySettings of_aws() {
    RetrySettings settings;
    settings.max_attempts = 3;
    settings.backoff = ExponentialBackoff{seconds{1}, 2, seconds{20}, {}};
    settings.jitter = FullJitter{};
    settings.budget = BudgetSettings{.scope = Scope::client, .rule = QuotaRule{}};
    return settings;
}

/// Requeues: no delay, bounded by the budget alone.
RetrySettings of_finagle() {
    RetrySettings settings = plain(unlimited, Duration{});
    settings.budget = BudgetSettings{.scope = Scope::client, .rule = DepositsRule{}};
    return settings;
}

}  // namespace

RetrySettings RetrySettings::of(Dialect dialect) {
    switch (dialect) {
        case Dialect::resilience4j:
            return of_resilience4j();
        case Dialect::polly:  // RetryStrategyOptions: MaxRetryAttempts 3, BackoffType Constant, Delay 2 s, no jitter
            return plain(4, seconds{2});
        case Dialect::failsafe:
            return of_failsafe();
        case Dialect::envoy:
            return of_envoy();
        case Dialect::istio:
            return of_istio();
        case Dialect::grpc:
            return of_grpc();
        case Dialect::aws_standard:
        case Dialect::aws_adaptive:  // the same; what adapts is a layer of its own
            return of_aws();
        case Dialect::cockatiel:  // retry(): maxAttempts unlimited, ConstantBackoff(0)
            return plain(unlimited, Duration{});
        case Dialect::finagle:
            return of_finagle();
        default:
            return {};
    }
}

}  // namespace stampede
