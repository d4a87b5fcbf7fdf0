#pragma once
/// What faults do to messages: which ones they strike, and how.

#include <cstdint>
#include <optional>
#include <string>

#include "scenarios/format/scenario.hpp"
#include "sim/kernel/sampler.hpp"

namespace stampede::sim {

/// Who sends or gets a message.
struct Endpoint {
    static constexpr std::uint16_t none = 0xffff;
    std::uint16_t zone = 0;
    std::uint16_t population = none;  ///< of a client
    std::uint16_t service = none;     ///< of an instance
    std::uint32_t member = 0;         ///< number of the client in its population, of the instance in its service
};

/// One end of a fault of the network: a zone, some members of a population or of a service, or all there is.
class FaultEnd {
public:
    /// `name` as the fault says it; of a share, the first so many members, at least one.
    FaultEnd(const scenarios::Scenario& scenario, const std::string& name, double share);

    [[nodiscard]] bool holds(const Endpoint& endpoint) const noexcept;

private:
    enum class Kind : std::uint8_t { all, zone, population, service };
    Kind kind_ = Kind::all;
    std::uint16_t index_ = 0;
    std::uint32_t first_ = 0;  ///< members from this one
    std::uint32_t end_ = 0;    ///< to before this one
};

/// What a fault of the network does at present.
struct NetworkRule {
    FaultEnd from;
    FaultEnd to;
    bool one_way = false;
    bool blocks = false;
    double loss = 0;
    double duplication = 0;
    double seconds_per_byte = 0;
    std::optional<Sampler> latency{};
    double strength = 1;  ///< of the latency

    [[nodiscard]] bool strikes(const Endpoint& sender, const Endpoint& receiver) const noexcept {
        if (from.holds(sender) && to.holds(receiver)) return true;
        return !one_way && from.holds(receiver) && to.holds(sender);
    }
};

}  // namespace stampede::sim
