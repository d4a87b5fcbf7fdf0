#include "sim/faults/fault.hpp"

namespace stampede::sim {

void begin(const scenarios::SlowdownFault& fault, const FaultScene& scene) {
    scene.for_each_struck([&](Instance& instance, std::size_t) { instance.slowdowns.add(scene.fault, fault.factor); });
}

void end(const scenarios::SlowdownFault&, const FaultScene& scene) {
    scene.for_each_struck([&](Instance& instance, std::size_t) { instance.slowdowns.remove(scene.fault); });
}

}  // namespace stampede::sim
