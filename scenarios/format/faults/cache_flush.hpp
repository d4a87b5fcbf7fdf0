#pragma once

#include "scenarios/format/faults/timing.hpp"

namespace stampede::scenarios {

struct CacheFlushFault : FaultTiming, FaultTarget {
    static constexpr std::string_view name = "cache_flush";
    static constexpr std::string_view doc = "caches are emptied at once, and fill again as after a start";
    static constexpr auto fields() {
        return std::tuple_cat(
            begin_field(),
            std::tuple{field("for", &FaultTiming::lasts, "how long they then stay empty").from(0).up_to(604'800)},
            repeat_fields(), target_fields());
    }
};

}  // namespace stampede::scenarios
