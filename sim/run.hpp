#pragma once

#include <cstdint>

#include "scenarios/format/scenario.hpp"
#include "sim/measure/result.hpp"

namespace stampede::sim {

/// Runs a valid scenario once. Deterministic: the same scenario and seed give the same result (but for wall time and
/// memory). May be called once in a process, since SimGrid's engine is one a process; see `replications/` for more
/// runs.
[[nodiscard]] Result run(const scenarios::Scenario& scenario, std::uint64_t seed);

}  // namespace stampede::sim
