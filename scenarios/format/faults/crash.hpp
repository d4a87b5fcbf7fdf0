#pragma once

#include "scenarios/format/faults/timing.hpp"

namespace stampede::scenarios {

struct CrashFault : FaultTiming, FaultTarget {
    bool keeps_queue = false;
    static constexpr std::string_view name = "crash";
    static constexpr std::string_view doc =
        "the process dies and starts anew: calls in service end with reset, and it refuses connections until it is up, "
        "with a cold cache and its warm-up before it";
    static constexpr auto fields() {
        return std::tuple_cat(timing_fields("until it is up again"), target_fields(),
                              std::tuple{field("keeps_queue", &CrashFault::keeps_queue,
                                               "whether calls that wait survive, to be served after the start; else "
                                               "they end with reset, too")});
    }
};

}  // namespace stampede::scenarios
