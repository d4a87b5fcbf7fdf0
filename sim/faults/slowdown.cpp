#include "sim/faults/fault.hpp"

namespace stampede::sim {

void apply(const scenarios::SlowdownFault& fault, const FaultScene& scene) {
    const double factor = 1 + (fault.factor - 1) * scene.strength;
    scene.for_each_ailing([&](Ailments& ailments) { ailments.slowdowns.set(scene.number, factor); });
}

void lift(const scenarios::SlowdownFault&, const FaultScene& scene) {
    scene.for_each_ailing([&](Ailments& ailments) { ailments.slowdowns.remove(scene.number); });
}

}  // namespace stampede::sim
