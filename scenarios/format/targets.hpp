#pragma once
/// What a fault acts on, as its `on` names it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/format/scenario.hpp"

namespace stampede::scenarios {

struct Target {
    enum class Kind : std::uint8_t { service, instance, zone, clients };
    Kind kind;
    std::size_t index;           ///< of the service, the zone or the population
    std::uint32_t instance = 0;  ///< of an instance: its number in its service
};

/// "api", "api[2]", "zones.east", "clients.web"; nothing where there is no such thing.
[[nodiscard]] std::optional<Target> find_target(const Scenario& scenario, std::string_view text);

/// As reports name it: "services.api", "services.api[2]", "zones.east", "clients.web".
[[nodiscard]] std::string subject_of(std::string_view text);

}  // namespace stampede::scenarios
