#pragma once

#include "scenarios/format/faults/timing.hpp"
#include "scenarios/format/services.hpp"

namespace stampede::scenarios {

struct ErrorFault : FaultTiming, FaultTarget, FaultStrength {
    Share rate = 0.5;
    ErrorClass error_class = ErrorClass::transient;
    static constexpr std::string_view name = "errors";
    static constexpr std::string_view doc = "a share of the answers are errors, after the usual service time";
    static constexpr auto fields() {
        return std::tuple_cat(timing_fields(), target_fields(), strength_fields(),
                              std::tuple{field("rate", &ErrorFault::rate,
                                               "share of answers at full strength, on top of the service's own"),
                                         field("class", &ErrorFault::error_class, "kind of error")});
    }
};

}  // namespace stampede::scenarios
