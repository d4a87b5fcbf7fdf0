#pragma once
/// What goes wrong, and when: one file a fault, in faults/.

#include <variant>

#include "scenarios/format/faults/errors.hpp"
#include "scenarios/format/faults/outage.hpp"
#include "scenarios/format/faults/slowdown.hpp"

namespace stampede::scenarios {

using Fault = std::variant<OutageFault, ErrorFault, SlowdownFault>;

}  // namespace stampede::scenarios
