#pragma once

#include "scenarios/format/faults/timing.hpp"

namespace stampede::scenarios {

struct PauseFault : FaultTiming, FaultTarget {
    static constexpr std::string_view name = "pause";
    static constexpr std::string_view doc =
        "everything stands still, as in a long garbage collection or a frozen virtual machine: calls in service end "
        "later by as much, those that come wait for as long as there is room";
    static constexpr auto fields() { return std::tuple_cat(timing_fields(), target_fields()); }
};

}  // namespace stampede::scenarios
