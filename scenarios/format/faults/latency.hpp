#pragma once

#include "scenarios/format/distributions.hpp"
#include "scenarios/format/faults/timing.hpp"

namespace stampede::scenarios {

struct LatencyFault : FaultTiming, FaultTarget, FaultStrength {
    TimeDistribution add = ConstantTime{};
    Share calls = 1;
    bool holds_worker = true;
    static constexpr std::string_view name = "latency";
    static constexpr std::string_view doc = "calls take longer by a time";
    static constexpr auto fields() {
        return std::tuple_cat(
            timing_fields(), target_fields(), strength_fields(),
            std::tuple{
                field("add", &LatencyFault::add, "the time, drawn for each call; at half the strength half of it")
                    .required(),
                field("calls", &LatencyFault::calls,
                      "share of the calls that it is added to: a small one is felt in the tail only"),
                field("holds_worker", &LatencyFault::holds_worker,
                      "whether a worker waits meanwhile, as for a slow disk; else the answer is only under way for "
                      "longer, as on a slow network")});
    }
};

}  // namespace stampede::scenarios
