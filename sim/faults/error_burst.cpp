#include "sim/faults/fault.hpp"

namespace stampede::sim {

void begin(const scenarios::ErrorBurstFault& fault, const FaultScene& scene) {
    scene.for_each_struck([&](Instance& instance, std::size_t) {
        instance.error_sources.add(scene.fault, {fault.rate, fault.error_class, {}});
    });
}

void end(const scenarios::ErrorBurstFault&, const FaultScene& scene) {
    scene.for_each_struck([&](Instance& instance, std::size_t) { instance.error_sources.remove(scene.fault); });
}

}  // namespace stampede::sim
