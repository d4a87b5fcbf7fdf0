#pragma once

#include "scenarios/format/faults/timing.hpp"

namespace stampede::scenarios {

struct SlowdownFault : FaultTiming, FaultTarget, FaultStrength {
    double factor = 2;
    static constexpr std::string_view name = "slowdown";
    static constexpr std::string_view doc = "service times are longer by a factor";
    static constexpr auto fields() {
        return std::tuple_cat(
            timing_fields(), target_fields(), strength_fields(),
            std::tuple{field("factor", &SlowdownFault::factor,
                             "service times of calls begun meanwhile are multiplied by it; at half the strength by "
                             "1 + (factor - 1) / 2")
                           .required()
                           .above(0)
                           .up_to(1'000'000)});
    }
};

}  // namespace stampede::scenarios
