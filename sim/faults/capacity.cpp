#include "sim/faults/fault.hpp"

namespace stampede::sim {

void apply(const scenarios::CapacityFault& fault, const FaultScene& scene) {
    scene.for_each_struck([&](Instance& instance, std::uint16_t number) {
        instance.losses.set(scene.number, fault.lost * scene.strength);
        scene.stage.backend.capacity_changed(number);
    });
}

void lift(const scenarios::CapacityFault&, const FaultScene& scene) {
    scene.for_each_struck([&](Instance& instance, std::uint16_t number) {
        instance.losses.remove(scene.number);
        scene.stage.backend.capacity_changed(number);
    });
}

}  // namespace stampede::sim
