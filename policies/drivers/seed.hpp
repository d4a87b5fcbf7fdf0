#pragma once
/// Where a driver begins its draws.

#include <cstdint>

namespace stampede {

/// 64 bits of std::random_device: what a driver draws from where no seed is given.
[[nodiscard]] std::uint64_t random_seed();

}  // namespace stampede
