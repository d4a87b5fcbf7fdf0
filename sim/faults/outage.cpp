#include "sim/faults/fault.hpp"

namespace stampede::sim {
namespace {

/// Whoever is refused or left without an answer calls a host that is off; an error is answered by one that is on.
bool host_is_on(const Service& service) {
    for (const auto& outage : service.outages)
        if (outage.value != scenarios::OutageMode::error) return false;
    return true;
}

}  // namespace

void begin(const scenarios::OutageFault& fault, const FaultScene& scene) {
    scene.service.outages.add(scene.fault, fault.mode);
    scene.platform.set_service_host(scene.now, scene.service_index, host_is_on(scene.service));
}

void end(const scenarios::OutageFault&, const FaultScene& scene) {
    scene.service.outages.remove(scene.fault);
    scene.platform.set_service_host(scene.now, scene.service_index, host_is_on(scene.service));
}

}  // namespace stampede::sim
