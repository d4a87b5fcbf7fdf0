#include "scenarios/format/faults/trace.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stampede::scenarios {
namespace {

double highest(TracedFault fault) {
    const bool is_open = fault == TracedFault::latency || fault == TracedFault::slowdown;
    return is_open ? 1'000'000 : 1;
}

bool is_well(const TraceLine& line) { return line.value == (line.fault == TracedFault::slowdown ? 1 : 0); }

template <class F>
Fault lasting(F fault, const TraceLine& line, Duration until) {
    fault.at = line.time;
    fault.lasts = until - line.time;
    fault.on = line.target;
    return fault;
}

Fault outage_from(const TraceLine& line, Duration until, OutageMode mode) {
    OutageFault fault;
    fault.mode = mode;
    return lasting(fault, line, until);
}

Fault fault_of(const TraceLine& line, Duration until) {
    switch (line.fault) {
        case TracedFault::outage:
            break;
        case TracedFault::blackhole:
            return outage_from(line, until, OutageMode::blackhole);
        case TracedFault::pause:
            return lasting(PauseFault{}, line, until);
        case TracedFault::errors: {
            ErrorFault fault;
            fault.rate = line.value;
            return lasting(fault, line, until);
        }
        case TracedFault::latency: {
            LatencyFault fault;
            fault.add = ConstantTime{from_seconds(line.value)};
            return lasting(fault, line, until);
        }
        case TracedFault::slowdown: {
            SlowdownFault fault;
            fault.factor = line.value;
            return lasting(fault, line, until);
        }
        case TracedFault::capacity: {
            CapacityFault fault;
            fault.lost = line.value;
            return lasting(fault, line, until);
        }
    }
    return outage_from(line, until, OutageMode::refuse);
}

bool same_thing(const TraceLine& a, const TraceLine& b) { return a.fault == b.fault && a.target == b.target; }

}  // namespace

void TraceLine::check(Problems& problems) const {
    if (value > highest(fault)) problems.add("value", fmt::format("{} is above 1", value));
    const bool is_switch =
        fault == TracedFault::outage || fault == TracedFault::blackhole || fault == TracedFault::pause;
    if (is_switch && value != 0 && value != 1) problems.add("value", fmt::format("{} is neither 0 nor 1", value));
    if (fault == TracedFault::slowdown && value == 0) problems.add("value", "a factor is above 0");
}

std::vector<Fault> faults_of(const std::vector<TraceLine>& trace, Duration run) {
    std::vector<const TraceLine*> lines;
    for (const TraceLine& line : trace) lines.push_back(&line);
    std::stable_sort(lines.begin(), lines.end(), [](const TraceLine* a, const TraceLine* b) {
        if (a->fault != b->fault) return a->fault < b->fault;
        return a->target != b->target ? a->target < b->target : a->time < b->time;
    });
    std::vector<Fault> faults;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool is_last = i + 1 == lines.size() || !same_thing(*lines[i], *lines[i + 1]);
        const Duration until = is_last ? run : std::min(run, lines[i + 1]->time);
        if (!is_well(*lines[i]) && until > lines[i]->time) faults.push_back(fault_of(*lines[i], until));
    }
    return faults;
}

}  // namespace stampede::scenarios
