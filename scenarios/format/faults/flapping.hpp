#pragma once

#include "scenarios/format/faults/outage.hpp"

namespace stampede::scenarios {

struct FlappingFault : FaultTiming, FaultTarget {
    Duration up{};
    Duration down{};
    bool drawn = true;
    bool together = true;
    OutageMode mode = OutageMode::refuse;
    static constexpr std::string_view name = "flapping";
    static constexpr std::string_view doc = "an outage that comes and goes";
    static constexpr auto fields() {
        return std::tuple_cat(
            timing_fields(), target_fields(),
            std::tuple{field("up", &FlappingFault::up, "how long it is up at a time (mean time to failure)")
                           .required()
                           .from(0.001)
                           .up_to(604'800),
                       field("down", &FlappingFault::down, "how long it is down at a time (mean time to repair)")
                           .required()
                           .from(0.001)
                           .up_to(604'800),
                       field("drawn", &FlappingFault::drawn,
                             "whether both are drawn anew each time (exponential); else always the same"),
                       field("together", &FlappingFault::together,
                             "whether all instances go down together, at first when the fault begins; else each comes "
                             "and goes on its own"),
                       field("mode", &FlappingFault::mode, "how it shows")});
    }
};

}  // namespace stampede::scenarios
