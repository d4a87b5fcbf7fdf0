#pragma once
/// How each kind of fault begins and ends. One file a fault; a new one is one more source and one more alternative of
/// scenarios::Fault.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "scenarios/format/scenario.hpp"
#include "sim/platform/platform.hpp"
#include "sim/services/instance.hpp"

namespace stampede::sim {

/// What a fault may act on.
struct FaultScene {
    Instant now;
    std::uint32_t fault;                    ///< its number in the scenario
    std::span<const std::uint16_t> struck;  ///< numbers of the instances that it strikes
    std::vector<Instance>& instances;       ///< all of the run, by number
    Platform& platform;

    /// Calls `act(instance, number)` for each that is struck.
    template <class Act>
    void for_each_struck(Act&& act) const {
        for (const std::uint16_t number : struck) act(instances[number], number);
    }
};

/// The instances that the target stands for, or the first so many of them, at least one; in the order of their numbers.
[[nodiscard]] std::vector<std::uint16_t> struck_by(const scenarios::Scenario& scenario, const std::string& target,
                                                   double share, const std::vector<Instance>& instances);

void begin(const scenarios::OutageFault& fault, const FaultScene& scene);
void end(const scenarios::OutageFault& fault, const FaultScene& scene);
void begin(const scenarios::ErrorBurstFault& fault, const FaultScene& scene);
void end(const scenarios::ErrorBurstFault& fault, const FaultScene& scene);
void begin(const scenarios::SlowdownFault& fault, const FaultScene& scene);
void end(const scenarios::SlowdownFault& fault, const FaultScene& scene);

}  // namespace stampede::sim
