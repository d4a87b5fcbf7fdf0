#include "sim/faults/fault.hpp"

namespace stampede::sim {

void apply(const scenarios::CrashFault& fault, const FaultScene& scene) {
    scene.for_each_struck(
        [&](Instance&, std::uint16_t number) { scene.stage.backend.crash(number, fault.keeps_queue); });
}

void lift(const scenarios::CrashFault&, const FaultScene& scene) {
    scene.for_each_struck([&](Instance&, std::uint16_t number) { scene.stage.backend.restart(number); });
}

}  // namespace stampede::sim
