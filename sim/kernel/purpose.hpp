#pragma once

#include <cstdint>

#include "policies/random/stream.hpp"

namespace stampede::sim {

/// What a random stream is for. With the seed and the entity it names the stream: drawing more for one purpose changes
/// nothing in another, so compared variants meet the same arrivals (common random numbers). The values never change.
enum class Purpose : std::uint64_t { arrivals = 1, policies = 2, service_time = 3, errors = 4, network = 5 };

/// Entities of different kinds have numbers of their own.
enum class EntityKind : std::uint64_t { agent = 0, service = 1ULL << 40, population = 2ULL << 40 };

[[nodiscard]] constexpr Stream stream_of(std::uint64_t seed, EntityKind kind, std::uint64_t number,
                                         Purpose purpose) noexcept {
    return Stream::of(seed, static_cast<std::uint64_t>(kind) + number, static_cast<std::uint64_t>(purpose));
}

}  // namespace stampede::sim
