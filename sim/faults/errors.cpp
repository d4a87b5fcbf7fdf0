#include "sim/faults/fault.hpp"

namespace stampede::sim {

void apply(const scenarios::ErrorFault& fault, const FaultScene& scene) {
    scene.for_each_struck([&](Instance& instance, std::uint16_t) {
        instance.error_sources.set(scene.number, {fault.rate * scene.strength, fault.error_class, {}});
    });
}

void lift(const scenarios::ErrorFault&, const FaultScene& scene) {
    scene.for_each_struck([&](Instance& instance, std::uint16_t) { instance.error_sources.remove(scene.number); });
}

}  // namespace stampede::sim
