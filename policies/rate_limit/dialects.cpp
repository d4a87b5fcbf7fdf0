/// How other libraries limit rates where nothing is said.

#include "policies/rate_limit/rate_limit.hpp"

namespace stampede {

RateLimitSettings RateLimitSettings::of(Dialect dialect) {
    switch (dialect) {
        case Dialect::resilience4j:  // RateLimiterConfig: 50 in 500 ns (no limit in practice), timeoutDuration 5 s
            return {.strategy = FixedCycleSettings{50, std::chrono::nanoseconds{500}},
                    .max_wait = std::chrono::seconds{5},
                    .refuse_late = true};
        case Dialect::failsafe:  // the smooth limiter, whose rate is required; no waiting
            return {.strategy = SmoothSettings{.aligned = true}};
        default:
            return {};
    }
}

}  // namespace stampede
