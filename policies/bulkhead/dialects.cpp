/// How other libraries bound what is under way where nothing is said. Where a library lets any number wait but for no
/// time, a longest wait is all that has to be set.

#include "policies/bulkhead/bulkhead.hpp"

namespace stampede {

BulkheadSettings BulkheadSettings::of(Dialect dialect) {
    constexpr std::uint32_t unbounded = 1'000'000;
    switch (dialect) {
        case Dialect::resilience4j:  // BulkheadConfig: maxConcurrentCalls 25, maxWaitDuration 0
            return {.max_concurrent = 25, .max_waiting = unbounded, .max_wait = Duration{}};
        case Dialect::polly:  // DefaultRateLimiterOptions: PermitLimit 1000, QueueLimit 0
            return {.max_concurrent = 1000};
        case Dialect::failsafe:  // maxConcurrency required, WithMaxWaitTime 0
        case Dialect::semian:    // tickets required, timeout 0
            return {.max_waiting = unbounded, .max_wait = Duration{}};
        case Dialect::envoy:  // circuit_breakers.thresholds: max_connections 1024, max_pending_requests 1024
            return {.max_concurrent = 1024, .max_waiting = 1024};
        case Dialect::istio:    // connectionPool: 2^32-1 of each
        case Dialect::opossum:  // capacity: Number.MAX_SAFE_INTEGER
            return {.max_concurrent = unbounded};
        case Dialect::hystrix:  // the thread pool's coreSize 10, maxQueueSize -1
            return {.max_concurrent = 10};
        default:  // cockatiel: bulkhead(capacity, queueCapacity 0)
            return {};
    }
}

}  // namespace stampede
