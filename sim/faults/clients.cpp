/// Faults of clients. Surges and clocks need nothing done when they come: the clients' timetables know of them
/// beforehand.

#include "sim/faults/fault.hpp"

namespace stampede::sim {

void apply(const scenarios::SurgeFault&, const FaultScene&) {}
void lift(const scenarios::SurgeFault&, const FaultScene&) {}

void apply(const scenarios::ClockSkewFault&, const FaultScene&) {}
void lift(const scenarios::ClockSkewFault&, const FaultScene&) {}

void apply(const scenarios::ReconnectFault& fault, const FaultScene& scene) { scene.stage.clients->leave(fault); }
void lift(const scenarios::ReconnectFault& fault, const FaultScene& scene) { scene.stage.clients->come_back(fault); }

}  // namespace stampede::sim
