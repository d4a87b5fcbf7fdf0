#pragma once
/// The states that a modulated load goes through.

#include "policies/random/stream.hpp"
#include "scenarios/format/load/bursts.hpp"
#include "scenarios/format/load/curve.hpp"

namespace stampede::sim {

struct ModulationPoint {
    double until_s;
    std::uint32_t state;
};

/// The state at time 0, as it is found at any time: each with its share of the time.
[[nodiscard]] ModulationPoint draw_state(const scenarios::ModulationSettings& modulation, Stream& stream) noexcept;

/// To any of the others, with the same chance.
void move_on(const scenarios::ModulationSettings& modulation, ModulationPoint& point, Stream& stream) noexcept;

/// The factors of a whole run.
[[nodiscard]] scenarios::CurveLine modulation_line(const scenarios::ModulationSettings& modulation, double until_s,
                                                   Stream& stream);

}  // namespace stampede::sim
