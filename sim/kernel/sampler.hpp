#pragma once

#include <memory>
#include <vector>

#include "policies/random/stream.hpp"
#include "scenarios/format/distributions.hpp"

namespace stampede::sim {

/// Draws times from a distribution of the scenario; what can be worked out beforehand is.
class Sampler {
public:
    explicit Sampler(const scenarios::TimeDistribution& distribution);

    /// Takes one draw from the stream (none for a constant).
    [[nodiscard]] Duration draw(Stream& stream) const noexcept;

private:
    enum class Kind : std::uint8_t {
        constant,
        exponential,
        uniform,
        lognormal,
        gamma,
        pareto,
        weibull,
        bimodal,
        empirical,
        histogram,
        mixture
    };
    struct Part;
    struct Step;

    [[nodiscard]] Duration draw_step(double u) const noexcept;
    [[nodiscard]] Duration draw_part(std::uint64_t bits) const noexcept;

    Kind kind_ = Kind::constant;
    double a_ = 0;  ///< constant: value; exponential, gamma: mean; uniform, pareto: min; lognormal: mu; weibull: scale;
                    ///< bimodal: fast (seconds)
    double b_ = 0;  ///< uniform: max; lognormal: sigma; gamma: shape; pareto, weibull: 1 / exponent; bimodal: slow
    double c_ = 0;  ///< bimodal: share that is slow
    std::shared_ptr<const std::vector<Duration>> values_;  ///< empirical
    std::shared_ptr<const std::vector<Step>> steps_;       ///< histogram
    std::shared_ptr<const std::vector<Part>> parts_;       ///< mixture
    struct Read;
};

}  // namespace stampede::sim
