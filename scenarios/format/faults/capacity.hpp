#pragma once

#include "scenarios/format/faults/timing.hpp"

namespace stampede::scenarios {

struct CapacityFault : FaultTiming, FaultTarget, FaultStrength {
    Share lost = 0.5;
    static constexpr std::string_view name = "capacity";
    static constexpr std::string_view doc =
        "each instance has fewer workers: those that are busy finish their call first (a processor, of either model, "
        "has fewer cores at once)";
    static constexpr auto fields() {
        return std::tuple_cat(
            timing_fields(), target_fields(), strength_fields(),
            std::tuple{field("lost", &CapacityFault::lost,
                             "share of each instance's workers that are away at full strength, to the "
                             "nearest worker (of a processor's cores exactly)")
                           .required()});
    }
};

}  // namespace stampede::scenarios
