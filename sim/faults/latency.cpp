#include "sim/faults/fault.hpp"

namespace stampede::sim {

void apply(const scenarios::LatencyFault& fault, const FaultScene& scene) {
    const AddedLatency added{Sampler{fault.add}, fault.calls, scene.strength, fault.holds_worker};
    scene.for_each_ailing([&](Ailments& ailments) { ailments.latencies.set(scene.number, added); });
}

void lift(const scenarios::LatencyFault&, const FaultScene& scene) {
    scene.for_each_ailing([&](Ailments& ailments) { ailments.latencies.remove(scene.number); });
}

}  // namespace stampede::sim
