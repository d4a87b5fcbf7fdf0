#pragma once
/// What a fault acts on, as its `on` names it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/scenario.hpp"

namespace stampede::scenarios {

struct Target {
    enum class Kind : std::uint8_t { service, instance, zone, clients };
    Kind kind;
    std::size_t index;           ///< of the service, the zone or the population
    std::uint32_t instance = 0;  ///< of an instance: its number in its service
    std::uint8_t endpoint = 0;   ///< of a service or an instance: the number of one of its endpoints from 1; 0 for all
};

/// "api", "api[2]", "api/checkout", "zones.east", "clients.web"; nothing where there is no such thing.
[[nodiscard]] std::optional<Target> find_target(const Scenario& scenario, std::string_view text);

/// The instances that a target stands for, or the first so many of them, at least one, in order. Instances are numbered
/// on from service to service through the run, those that an autoscaler may add counted.
[[nodiscard]] std::vector<std::uint16_t> struck_by(const Scenario& scenario, std::string_view target, double share);

/// As reports name it: "services.api", "services.api[2]", "zones.east", "clients.web".
[[nodiscard]] std::string subject_of(std::string_view text);

}  // namespace stampede::scenarios
