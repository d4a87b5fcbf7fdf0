#pragma once

#include <cstdint>

#include "policies/random/stream.hpp"

namespace stampede::sim {

/// What a random stream is for. With the seed and the entity it names the stream: drawing more for one purpose changes
/// nothing in another, so compared variants meet the same arrivals (common random numbers). The values never change.
enum class Purpose : std::uint64_t {
    arrivals = 1,
    policies = 2,
    service_time = 3,
    errors = 4,
    network = 5,
    calls = 6,         ///< which calls a service makes
    balancing = 7,     ///< which instance an attempt goes to
    gate = 8,          ///< whether an instance takes a call: its cache, early drop
    pauses = 9,        ///< when an instance stands still, and how long
    latency = 20,      ///< which calls a fault makes longer, and by how much
    flapping = 21,     ///< when something that flaps goes down and comes back
    chaos = 22,        ///< which faults strike, and when
    modulation = 30,   ///< the states that a population's load goes through
    clocks = 31,       ///< how late a client's clock is
    patience = 32,     ///< how long whoever waits behind a client does
    connections = 33,  ///< how long a new connection takes to set up
    endpoints = 34,    ///< which endpoint a call goes to
};

/// A call that a service makes is known by its service and its place among that one's calls.
enum class EntityKind : std::uint64_t { agent = 0, service = 1, population = 2, outgoing_call = 3, fault = 10 };

/// An agent is known by its population and its number in it, so that a population's size changes no other's draws.
[[nodiscard]] constexpr Stream stream_of(std::uint64_t seed, EntityKind kind, std::uint64_t group, std::uint64_t number,
                                         Purpose purpose) noexcept {
    const std::uint64_t entity = static_cast<std::uint64_t>(kind) << 56 | group << 32 | number;
    return Stream::of(seed, entity, static_cast<std::uint64_t>(purpose));
}

}  // namespace stampede::sim
