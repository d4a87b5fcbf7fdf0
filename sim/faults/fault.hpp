#pragma once
/// How each kind of fault begins and ends. One file a fault; a new one is one more source and one more alternative of
/// scenarios::Fault.

#include <cstdint>

#include "scenarios/format/scenario.hpp"
#include "sim/platform/platform.hpp"
#include "sim/services/service.hpp"

namespace stampede::sim {

/// What a fault may act on.
struct FaultScene {
    Instant now;
    std::uint32_t fault;  ///< its number in the scenario
    std::size_t service_index;
    Service& service;
    Platform& platform;
};

void begin(const scenarios::OutageFault& fault, const FaultScene& scene);
void end(const scenarios::OutageFault& fault, const FaultScene& scene);
void begin(const scenarios::ErrorBurstFault& fault, const FaultScene& scene);
void end(const scenarios::ErrorBurstFault& fault, const FaultScene& scene);
void begin(const scenarios::SlowdownFault& fault, const FaultScene& scene);
void end(const scenarios::SlowdownFault& fault, const FaultScene& scene);

}  // namespace stampede::sim
