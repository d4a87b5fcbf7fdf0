#pragma once

#include "scenarios/format/faults/timing.hpp"

namespace stampede::scenarios {

/// How long it takes follows from the number of instances: `lasts` is not used.
struct DeploymentFault : FaultTiming, FaultTarget {
    std::uint32_t batch = 1;
    Duration drain{};
    Duration restart{};
    Duration pause{};
    static constexpr std::string_view name = "deployment";
    static constexpr std::string_view doc =
        "instances restart one batch after the other; each comes back with a cold cache and its warm-up before it";
    static constexpr auto fields() {
        return std::tuple_cat(
            begin_field(), repeat_fields(), target_fields(),
            std::tuple{
                field("restart", &DeploymentFault::restart, "from the stop of an instance until it is up again")
                    .required()
                    .above(0)
                    .up_to(86'400),
                field("batch", &DeploymentFault::batch, "instances that restart at once").from(1).up_to(10'000),
                field("drain", &DeploymentFault::drain,
                      "time between leaving the balancer and the stop, to finish what is begun; the balancer takes "
                      "it back when it is up. At 0s it stops as in a crash, and the balancer does not know")
                    .from(0)
                    .up_to(86'400),
                field("pause", &DeploymentFault::pause, "between one batch being up and the next")
                    .from(0)
                    .up_to(86'400)});
    }
};

}  // namespace stampede::scenarios
