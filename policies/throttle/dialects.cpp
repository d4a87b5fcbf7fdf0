/// How other libraries throttle where nothing is said.

#include "policies/throttle/throttle.hpp"

namespace stampede {

ThrottleSettings ThrottleSettings::of(Dialect dialect) {
    switch (dialect) {
        case Dialect::failsafe:  // failureRateThreshold 0.1 over 1 min in 20 buckets, maxRejectionRate 0.9
            return {.k = 1 / 0.9,
                    .count_refused = false,
                    .max_rejection = 0.9,
                    .window = std::chrono::minutes{1},
                    .buckets = 20};
        case Dialect::envoy:  // sr_threshold 95 %, aggression 1, max_rejection_probability 80 %, sampling_window 30 s
            return {.k = 1 / 0.95,
                    .count_refused = false,
                    .max_rejection = 0.8,
                    .window = std::chrono::seconds{30},
                    .buckets = 30};
        case Dialect::grpc:  // grpc-go's rls/internal/adaptive: 30 s in 100 bins, ratioForAccepts 2, padding 8
            return {.k = 2, .padding = 8, .window = std::chrono::seconds{30}, .buckets = 100};
        default:
            return {};
    }
}

}  // namespace stampede
