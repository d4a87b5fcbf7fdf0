#include "sim/faults/fault.hpp"

namespace stampede::sim {

void apply(const scenarios::SlowdownFault& fault, const FaultScene& scene) {
    const double factor = 1 + (fault.factor - 1) * scene.strength;
    scene.for_each_struck([&](Instance& instance, std::uint16_t) { instance.slowdowns.set(scene.number, factor); });
}

void lift(const scenarios::SlowdownFault&, const FaultScene& scene) {
    scene.for_each_struck([&](Instance& instance, std::uint16_t) { instance.slowdowns.remove(scene.number); });
}

}  // namespace stampede::sim
