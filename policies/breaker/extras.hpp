#pragma once
/// What few breakers need, kept aside so that the others stay small.

#include <optional>
#include <vector>

#include "policies/breaker/adaptive/adaptive.hpp"
#include "policies/breaker/breaker.hpp"
#include "policies/bulkhead/waiting_room.hpp"

namespace stampede {

struct Breaker::Extras {
    WaitingRoom room;
    std::vector<std::uint32_t> trials{};  ///< the eras of the trials under way, where others wait for them
    std::int64_t judged = 0;              ///< multiples of judged_every at which the window was looked at
    std::optional<Adaptive> adaptive{};
};

}  // namespace stampede
