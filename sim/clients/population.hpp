#pragma once
/// Like clients, and when each of them requests.

#include <cstdint>

#include "policies/core/layer.hpp"
#include "scenarios/format/scenario.hpp"
#include "sim/kernel/sampler.hpp"

namespace stampede::sim {

/// An agent is what makes one request after another: a client of an open population, one loop of a client of a closed
/// one.
class Population {
public:
    /// The settings must outlive it. `first_agent` is the run-wide number of its first agent.
    Population(const scenarios::ClientSettings& clients, std::uint32_t first_agent);

    [[nodiscard]] std::uint32_t first_agent() const noexcept { return first_agent_; }
    [[nodiscard]] std::uint32_t agents() const noexcept { return agents_; }
    /// Which of the population's clients the agent belongs to.
    [[nodiscard]] std::uint32_t client_of(std::uint32_t agent) const noexcept {
        return (agent - first_agent_) / agents_per_client_;
    }

    /// Time from the start of the run to an agent's first request.
    [[nodiscard]] Duration first_request(Stream& stream) const noexcept;
    [[nodiscard]] bool is_open() const noexcept { return open_; }
    /// Time to the agent's next request: from this one if open, from the outcome of this one if closed.
    [[nodiscard]] Duration next_request(Stream& stream) const noexcept;
    /// Class of the agent's next request. Draws only where there are several.
    [[nodiscard]] std::uint8_t priority(Stream& stream) const noexcept;
    /// The constant time between requests, where there is one.
    [[nodiscard]] Duration constant_gap() const noexcept { return regular_ ? period_ : no_timer; }

private:
    const scenarios::ClientSettings* settings_;
    std::uint32_t first_agent_;
    std::uint32_t agents_per_client_ = 1;
    std::uint32_t agents_;
    bool open_ = true;
    bool regular_ = false;  ///< open, and evenly spaced
    bool aligned_ = false;
    Duration period_{};
    Sampler gap_;
};

}  // namespace stampede::sim
