#pragma once

#include "scenarios/format/faults/timing.hpp"

namespace stampede::scenarios {

enum class OutageMode : std::uint8_t { refuse, blackhole, error, reset };

[[nodiscard]] constexpr auto choices(OutageMode) {
    return std::array{
        Choice<OutageMode>{OutageMode::refuse, "refuse", "connections are refused at once (unavailable)"},
        Choice<OutageMode>{OutageMode::blackhole, "blackhole", "calls vanish: clients see only their timeouts"},
        Choice<OutageMode>{OutageMode::error, "error", "every call is answered at once with an error (transient)"},
        Choice<OutageMode>{OutageMode::reset, "reset",
                           "connections break: calls waiting or in service end at once (reset), new ones are refused"},
    };
}

struct OutageFault : FaultTiming, FaultTarget {
    OutageMode mode = OutageMode::refuse;
    static constexpr std::string_view name = "outage";
    static constexpr std::string_view doc =
        "the service takes no new calls; what is queued or in service carries on, unless it is reset";
    static constexpr auto fields() {
        return std::tuple_cat(timing_fields(), target_fields(),
                              std::tuple{field("mode", &OutageFault::mode, "how it shows")});
    }
};

}  // namespace stampede::scenarios
