/// How other libraries give up where nothing is said. Where a library has no default time, it stays required.

#include "policies/timeout/timeout.hpp"

namespace stampede {

TimeoutSettings TimeoutSettings::of(Dialect dialect) {
    using std::chrono::seconds;
    switch (dialect) {
        case Dialect::resilience4j:  // TimeLimiterConfig: timeoutDuration 1 s, cancelRunningFuture true
            return {.after = seconds{1}, .cancel = true};
        case Dialect::polly:  // TimeoutStrategyOptions: 30 s, by a cancellation token
            return {.after = seconds{30}, .cancel = true};
        case Dialect::failsafe:   // failsafe-go cancels the execution's context
        case Dialect::cockatiel:  // an abort signal
            return {.cancel = true};
        case Dialect::envoy:  // route.timeout 15 s; the stream is reset, and x-envoy-expected-rq-timeout-ms tells it
            return {.after = seconds{15}, .cancel = true, .deadline = true};
        case Dialect::grpc:  // one deadline over all attempts, propagated
            return {.cancel = true, .deadline = true};
        case Dialect::opossum:  // 10 s, and what was called goes on
            return {.after = seconds{10}};
        case Dialect::hystrix:  // execution.isolation.thread.timeoutInMilliseconds 1000, the thread is interrupted
            return {.after = seconds{1}, .cancel = true};
        default:
            return {};
    }
}

}  // namespace stampede
