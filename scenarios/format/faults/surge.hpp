#pragma once

#include "scenarios/format/faults/clients.hpp"

namespace stampede::scenarios {

struct SurgeFault : FaultTiming, FaultClients, FaultStrength {
    double factor = 2;
    static constexpr std::string_view name = "surge";
    static constexpr std::string_view doc = "clients of an open load request more often";
    static constexpr auto fields() {
        return std::tuple_cat(
            timing_fields(), client_fields(), strength_fields(),
            std::tuple{field("factor", &SurgeFault::factor,
                             "their rate is multiplied by it; at half the strength by 1 + (factor - 1) / 2")
                           .required()
                           .from(0)
                           .up_to(1'000'000)});
    }
};

}  // namespace stampede::scenarios
