#pragma once
/// Faults that are drawn from the seed of a run.

#include <cstdint>
#include <vector>

#include "scenarios/format/faults/chaos.hpp"

namespace stampede::sim {

struct DrawnFault {
    std::uint32_t from;  ///< its place among those that it was drawn from
    scenarios::Fault fault;
};

/// In the order of their beginnings. Drawing one more changes none of the others.
[[nodiscard]] std::vector<DrawnFault> draw_faults(const scenarios::ChaosDraw& chaos, std::uint64_t seed);

}  // namespace stampede::sim
