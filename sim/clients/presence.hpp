#pragma once
/// Clients that go away and come back.

#include <cstdint>
#include <vector>

#include "scenarios/format/faults/reconnect.hpp"

namespace stampede::sim {

/// What faults can do to clients.
class Clientele {
public:
    virtual void leave(const scenarios::ReconnectFault& fault) = 0;
    virtual void come_back(const scenarios::ReconnectFault& fault) = 0;

protected:
    ~Clientele() = default;
};

/// Which agents are there. What was scheduled for an agent before it went away is not meant for the one that comes
/// back: each stay has a number.
class Presence {
public:
    /// Numbers of stays come round after so many; nothing stays scheduled for that long.
    static constexpr std::uint32_t stays = 1U << 24U;

    /// To be called before anybody leaves.
    void watch(std::size_t agents) { agents_.resize(agents); }

    [[nodiscard]] std::uint32_t stay(std::uint32_t agent) const noexcept {
        return agents_.empty() ? 0 : agents_[agent].stay;
    }
    void leave(std::uint32_t agent) noexcept {
        agents_[agent].stay = (agents_[agent].stay + 1) % stays;
        ++agents_[agent].away;
    }
    /// Answers whether the agent is back: what took it away may have come twice.
    [[nodiscard]] bool come_back(std::uint32_t agent) noexcept { return --agents_[agent].away == 0; }

private:
    struct Agent {
        std::uint32_t stay = 0;
        std::uint32_t away = 0;
    };
    std::vector<Agent> agents_;  ///< empty where nobody ever leaves
};

}  // namespace stampede::sim
