#include "sim/faults/fault.hpp"

namespace stampede::sim {

void apply(const scenarios::CacheFlushFault&, const FaultScene& scene) {
    scene.for_each_struck([&](Instance& instance, std::uint16_t) { instance.empty_cache(); });
}

void lift(const scenarios::CacheFlushFault&, const FaultScene& scene) {
    scene.for_each_struck([&](Instance& instance, std::uint16_t) { instance.fill_cache(scene.now); });
}

}  // namespace stampede::sim
