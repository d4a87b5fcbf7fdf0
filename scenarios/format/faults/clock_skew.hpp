#pragma once

#include "scenarios/format/faults/clients.hpp"

namespace stampede::scenarios {

struct ClockSkewFault : FaultTiming, FaultClients {
    Duration by{};
    static constexpr std::string_view name = "clock_skew";
    static constexpr std::string_view doc =
        "clients' clocks are late, each by a time of its own: what was aligned is so no more";
    static constexpr auto fields() {
        return std::tuple_cat(
            timing_fields(), client_fields(),
            std::tuple{field("by", &ClockSkewFault::by,
                             "each clock is late by a time drawn from 0s to this, the same throughout")
                           .required()
                           .above(0)
                           .up_to(86'400)});
    }
};

}  // namespace stampede::scenarios
