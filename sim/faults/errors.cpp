#include "sim/faults/fault.hpp"

namespace stampede::sim {

void apply(const scenarios::ErrorFault& fault, const FaultScene& scene) {
    scene.for_each_ailing([&](Ailments& ailments) {
        ailments.error_sources.set(scene.number, {fault.rate * scene.strength, fault.error_class, {}});
    });
}

void lift(const scenarios::ErrorFault&, const FaultScene& scene) {
    scene.for_each_ailing([&](Ailments& ailments) { ailments.error_sources.remove(scene.number); });
}

}  // namespace stampede::sim
