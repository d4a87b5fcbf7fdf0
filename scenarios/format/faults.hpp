#pragma once
/// What goes wrong, and when: one file a fault, in faults/.

#include <variant>

#include "scenarios/format/faults/cache_flush.hpp"
#include "scenarios/format/faults/capacity.hpp"
#include "scenarios/format/faults/clock_skew.hpp"
#include "scenarios/format/faults/crash.hpp"
#include "scenarios/format/faults/deployment.hpp"
#include "scenarios/format/faults/errors.hpp"
#include "scenarios/format/faults/flapping.hpp"
#include "scenarios/format/faults/latency.hpp"
#include "scenarios/format/faults/network.hpp"
#include "scenarios/format/faults/outage.hpp"
#include "scenarios/format/faults/pause.hpp"
#include "scenarios/format/faults/reconnect.hpp"
#include "scenarios/format/faults/slowdown.hpp"
#include "scenarios/format/faults/surge.hpp"

namespace stampede::scenarios {

using Fault = std::variant<OutageFault, FlappingFault, CrashFault, PauseFault, ErrorFault, LatencyFault, SlowdownFault,
                           CapacityFault, CacheFlushFault, DeploymentFault, PartitionFault, NetworkFault, SurgeFault,
                           ReconnectFault, ClockSkewFault>;

}  // namespace stampede::scenarios
