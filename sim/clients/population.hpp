#pragma once
/// Like clients, and the policies around each of their requests.

#include <cstdint>
#include <memory>
#include <vector>

#include "policies/stack.hpp"
#include "scenarios/format/scenario.hpp"
#include "sim/kernel/sampler.hpp"

namespace stampede::sim {

/// Numbers the breakers of a run across its populations.
class BreakerRegistry {
public:
    struct Entry {
        std::uint16_t population;
        std::uint8_t layer;
        std::uint32_t instance;  ///< client, group, or 0 for the one of all
    };

    [[nodiscard]] std::uint32_t add(const Entry& entry) {
        entries_.push_back(entry);
        return static_cast<std::uint32_t>(entries_.size() - 1);
    }
    /// By number.
    [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }

private:
    std::vector<Entry> entries_;
};

/// An agent is what makes one request after another: a client of an open population, one loop of a client of a closed
/// one.
class Population {
public:
    /// The stack must outlive the population. `first_agent` is the run-wide number of its first agent.
    Population(const scenarios::ClientSettings& clients, const StackSettings& stack, std::uint16_t number,
               std::uint32_t first_agent, std::size_t service, BreakerRegistry& breakers);

    [[nodiscard]] std::size_t service() const noexcept { return service_; }
    [[nodiscard]] std::uint32_t first_agent() const noexcept { return first_agent_; }
    [[nodiscard]] std::uint32_t agents() const noexcept { return agents_; }
    [[nodiscard]] std::size_t depth() const noexcept { return depth_; }
    [[nodiscard]] const scenarios::ClientSettings& settings() const noexcept { return settings_; }

    /// The layers as this agent meets them.
    [[nodiscard]] const Pipeline& pipeline(std::uint32_t agent) const noexcept {
        return pipelines_[pipeline_index((agent - first_agent_) / agents_per_client_)];
    }

    /// An attempt cut by a layer further out than every retry is given up for good, not tried again.
    [[nodiscard]] bool outside_retries(std::uint8_t layer) const noexcept { return layer < first_retry_; }

    /// An attempt cut by a hedge layer lost to another one of the same call.
    [[nodiscard]] bool hedges(std::uint8_t layer) const noexcept { return (hedges_ >> layer & 1U) != 0; }

    /// Time from the start of the run to an agent's first request.
    [[nodiscard]] Duration first_request(Stream& stream) const noexcept;
    [[nodiscard]] bool is_open() const noexcept { return open_; }
    /// Time to the agent's next request: from this one if open, from the outcome of this one if closed.
    [[nodiscard]] Duration next_request(Stream& stream) const noexcept;
    /// The constant time between requests, where there is one.
    [[nodiscard]] Duration constant_gap() const noexcept { return regular_ ? period_ : no_timer; }

private:
    [[nodiscard]] std::size_t pipeline_index(std::uint32_t client) const noexcept {
        switch (sharing_) {
            case Scope::all:
                return 0;
            case Scope::group:
                return client % settings_.groups;
            case Scope::client:
                break;
        }
        return client;
    }
    [[nodiscard]] std::size_t instances(Scope scope) const noexcept;
    void build_pipelines(const StackSettings& stack, std::uint16_t number, BreakerRegistry& breakers);

    const scenarios::ClientSettings& settings_;
    std::uint32_t first_agent_;
    std::uint32_t agents_per_client_ = 1;
    std::uint32_t agents_;
    std::size_t service_;
    std::size_t depth_;
    std::uint8_t first_retry_ = 0;
    std::uint32_t hedges_ = 0;  ///< one bit a layer
    bool open_ = true;
    bool regular_ = false;  ///< open, and evenly spaced
    bool aligned_ = false;
    Duration period_{};
    Sampler gap_;
    Scope sharing_ = Scope::all;  ///< who shares a whole pipeline: the narrowest scope of its layers
    std::vector<std::unique_ptr<Layer>> layers_;
    std::vector<Pipeline> pipelines_;
};

}  // namespace stampede::sim
