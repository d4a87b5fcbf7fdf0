#pragma once
/// How strong a fault is that comes and goes, in steps.

#include "scenarios/format/faults/timing.hpp"

namespace stampede::sim {

struct StrengthStep {
    double strength;  ///< from 0 to 1: what is due in the middle of the step
    Duration lasts;   ///< until the next; none where no other comes
};

/// The step that begins so long after the beginning of an occurrence of that length.
[[nodiscard]] StrengthStep strength_at(const scenarios::FaultStrength& strength, Duration length, Duration elapsed);

}  // namespace stampede::sim
