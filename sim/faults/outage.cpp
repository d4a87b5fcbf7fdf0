#include "sim/faults/fault.hpp"

namespace stampede::sim {
namespace {

/// Whoever is refused or left without an answer calls a host that is off; an error is answered by one that is on.
bool host_is_on(const Instance& instance) {
    for (const auto& outage : instance.outages)
        if (outage.value != scenarios::OutageMode::error) return false;
    return true;
}

}  // namespace

void apply(const scenarios::OutageFault& fault, const FaultScene& scene) {
    scene.for_each_ailing([&](Ailments& ailments) { ailments.outages.set(scene.number, fault.mode); });
    if (scene.episode.endpoint != 0) return;
    scene.for_each_struck([&](Instance& instance, std::uint16_t number) {
        scene.stage.platform.set_host(scene.now, number, host_is_on(instance));
        if (fault.mode == scenarios::OutageMode::reset) scene.stage.backend.reset_calls(number);
    });
}

void lift(const scenarios::OutageFault&, const FaultScene& scene) {
    scene.for_each_ailing([&](Ailments& ailments) { ailments.outages.remove(scene.number); });
    if (scene.episode.endpoint != 0) return;
    scene.for_each_struck([&](Instance& instance, std::uint16_t number) {
        scene.stage.platform.set_host(scene.now, number, host_is_on(instance));
    });
}

}  // namespace stampede::sim
