/// How other libraries retry where nothing is said: their own defaults, from their sources. `max_attempts` counts the
/// first try; where a library counts only what comes after it, one is added.

#include "policies/retry/retry.hpp"

namespace stampede {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

RetrySettings retrying(std::uint32_t attempts, Backoff backoff, Jitter jitter) {
    RetrySettings settings;
    settings.max_attempts = attempts;
    settings.backoff = backoff;
    settings.jitter = jitter;
    return settings;
}

}  // namespace

RetrySettings RetrySettings::of(Dialect dialect) {
    switch (dialect) {
        case Dialect::resilience4j:  // RetryConfig: maxAttempts 3, waitDuration 500 ms
            return retrying(3, ConstantBackoff{milliseconds{500}}, NoJitter{});
        case Dialect::polly:  // RetryStrategyOptions: MaxRetryAttempts 3, BackoffType Constant, Delay 2 s
            return retrying(4, ConstantBackoff{seconds{2}}, NoJitter{});
        case Dialect::failsafe:  // RetryPolicyConfig: maxRetries 2, no delay
            return retrying(3, ConstantBackoff{Duration{}}, NoJitter{});
        case Dialect::envoy:  // retry_policy: num_retries 1, base_interval 25 ms, max_interval ten times that
            return retrying(2, ExponentialBackoff{milliseconds{25}, 2, milliseconds{250}}, FullJitter{});
        case Dialect::istio: {  // Envoy's backoff; the mesh's default is 2 retries of what was surely not processed
            auto settings = retrying(3, ExponentialBackoff{milliseconds{25}, 2, milliseconds{250}}, FullJitter{});
            settings.on = {Outcome::unavailable, Outcome::overload, Outcome::reset};
            return settings;
        }
        case Dialect::aws_standard:  // botocore's standard.py: 3 attempts, U·min(2^n, 20) s
            return retrying(3, ExponentialBackoff{seconds{1}, 2, seconds{20}}, FullJitter{});
        default:
            return {};
    }
}

}  // namespace stampede
