#include "sim/faults/fault.hpp"

namespace stampede::sim {

void apply(const scenarios::LatencyFault& fault, const FaultScene& scene) {
    const AddedLatency added{Sampler{fault.add}, fault.calls, scene.strength, fault.holds_worker};
    scene.for_each_struck([&](Instance& instance, std::uint16_t) { instance.latencies.set(scene.number, added); });
}

void lift(const scenarios::LatencyFault&, const FaultScene& scene) {
    scene.for_each_struck([&](Instance& instance, std::uint16_t) { instance.latencies.remove(scene.number); });
}

}  // namespace stampede::sim
