#pragma once

#include "scenarios/format/faults/clients.hpp"

namespace stampede::scenarios {

struct ReconnectFault : FaultTiming, FaultClients {
    Duration spread{};
    bool forget = true;
    static constexpr std::string_view name = "reconnect";
    static constexpr std::string_view doc =
        "clients go away together and come back together: a deploy, a restart, a connection that was cut. What they "
        "were waiting for is lost; each makes a request when it is back";
    static constexpr auto fields() {
        return std::tuple_cat(
            timing_fields("how long they are away"), client_fields(),
            std::tuple{
                field("spread", &ReconnectFault::spread,
                      "each makes its first request at a time of its own within this, drawn; all at once if 0s")
                    .from(0)
                    .up_to(604'800),
                field(
                    "forget", &ReconnectFault::forget,
                    "their policies start anew (breakers, budgets, …), as after a restart; what is shared does so when "
                    "all who share it are away")});
    }
};

}  // namespace stampede::scenarios
