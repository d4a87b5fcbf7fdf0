#pragma once

#include "policies/random/stream.hpp"
#include "scenarios/format/scenario.hpp"

namespace stampede::sim {

/// Draws times from a distribution of the scenario; what can be worked out beforehand is.
class Sampler {
public:
    explicit Sampler(const scenarios::TimeDistribution& distribution);

    /// One draw from the stream (none for a constant).
    [[nodiscard]] Duration draw(Stream& stream) const noexcept;

private:
    enum class Kind : std::uint8_t { constant, exponential, uniform, lognormal };
    Kind kind_;
    double a_;  ///< constant: value; exponential: mean; uniform: min; lognormal: mu (seconds)
    double b_;  ///< uniform: max; lognormal: sigma
};

}  // namespace stampede::sim
