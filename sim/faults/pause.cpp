#include "sim/faults/fault.hpp"

namespace stampede::sim {

void apply(const scenarios::PauseFault&, const FaultScene& scene) {
    scene.for_each_struck([&](Instance&, std::uint16_t number) { scene.stage.backend.pause(number); });
}

void lift(const scenarios::PauseFault&, const FaultScene& scene) {
    scene.for_each_struck([&](Instance&, std::uint16_t number) { scene.stage.backend.resume(number); });
}

}  // namespace stampede::sim
