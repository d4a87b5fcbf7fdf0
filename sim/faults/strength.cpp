#include "sim/faults/strength.hpp"

#include <algorithm>

#include "scenarios/format/load/sine.hpp"

namespace stampede::sim {
namespace {

/// From 0 at the beginning of a period to 1 in its middle and back: (1 - cos) / 2.
double wave(Duration period, Duration elapsed) {
    const double half = scenarios::sine_of_turns(to_seconds(elapsed % period) / to_seconds(period) / 2);
    return half * half;
}

double slope(Duration ramp, Duration length, Duration elapsed) {
    const Duration from_edge = std::min(elapsed, length - elapsed);
    return std::clamp(to_seconds(from_edge) / to_seconds(ramp), 0.0, 1.0);
}

/// Until the next step of a ramp, or the beginning of the one at the end.
Duration ramp_step(Duration ramp, Duration length, Duration elapsed) {
    const Duration step = std::max(ramp / scenarios::ramp_steps, Duration{1});
    const Duration falls = length - ramp;
    if (elapsed < ramp) return std::min(step, ramp - elapsed);
    return elapsed < falls ? falls - elapsed : step;
}

}  // namespace

StrengthStep strength_at(const scenarios::FaultStrength& strength, Duration length, Duration elapsed) {
    if (!strength.ramp && !strength.period) return {1, Duration::zero()};
    const Duration step = strength.period ? std::max(*strength.period / scenarios::period_steps, Duration{1})
                                          : ramp_step(*strength.ramp, length, elapsed);
    const Duration lasts = std::min(step, length - elapsed);
    const Duration middle = elapsed + lasts / 2;
    double value = strength.period ? wave(*strength.period, middle) : 1;
    if (strength.ramp) value *= slope(*strength.ramp, length, middle);
    return {value, elapsed + lasts < length ? lasts : Duration::zero()};
}

}  // namespace stampede::sim
