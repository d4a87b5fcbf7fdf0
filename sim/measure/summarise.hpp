#pragma once

#include "sim/measure/result.hpp"
#include "sim/simulation.hpp"

namespace stampede::sim {

/// Works every metric, series and breaker history out of a run that has ended.
[[nodiscard]] Result summarise(const scenarios::Scenario& scenario, std::uint64_t seed, const Simulation& simulation);

}  // namespace stampede::sim
