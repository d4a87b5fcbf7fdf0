#pragma once

#include <vector>

#include "scenarios/format/faults.hpp"

namespace stampede::scenarios {

/// What a line of a trace can change. The value of one that is well is 0; of a slowdown 1.
enum class TracedFault : std::uint8_t { outage, blackhole, pause, errors, latency, slowdown, capacity };

[[nodiscard]] constexpr auto choices(TracedFault) {
    return std::array{
        Choice<TracedFault>{TracedFault::outage, "outage", "1: connections are refused; 0: they are not"},
        Choice<TracedFault>{TracedFault::blackhole, "blackhole", "1: calls vanish; 0: they do not"},
        Choice<TracedFault>{TracedFault::pause, "pause", "1: stands still; 0: goes on"},
        Choice<TracedFault>{TracedFault::errors, "errors", "share of answers that are errors"},
        Choice<TracedFault>{TracedFault::latency, "latency", "seconds that calls take longer, holding a worker"},
        Choice<TracedFault>{TracedFault::slowdown, "slowdown", "factor of service times"},
        Choice<TracedFault>{TracedFault::capacity, "capacity", "share of workers that are away"},
    };
}

/// A change of what is wrong; it holds until the next of the same fault and target, or the end of the run.
struct TraceLine {
    Duration time{};
    TracedFault fault = TracedFault::outage;
    std::string target;
    double value = 0;
    static constexpr std::string_view doc = "a change of what is wrong, until the next of the same fault and target";
    static constexpr auto fields() {
        return std::tuple{
            field("time", &TraceLine::time, "when, from the start of the run").required().from(0).up_to(604'800),
            field("fault", &TraceLine::fault, "what changes").required(),
            field("target", &TraceLine::target, "as `on` of a fault").required(),
            field("value", &TraceLine::value, "how it is from then on").required().from(0).up_to(1'000'000)};
    }
    void check(Problems& problems) const;
};

/// As faults: one for each line after which something is wrong, those of one fault and target after each other.
[[nodiscard]] std::vector<Fault> faults_of(const std::vector<TraceLine>& trace, Duration run);

}  // namespace stampede::scenarios
