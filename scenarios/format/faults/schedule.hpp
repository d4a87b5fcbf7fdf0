#pragma once
/// When a fault of a scenario is on, how often, and what is wrong with that.

#include <concepts>
#include <string>
#include <vector>

#include "scenarios/format/mistakes.hpp"
#include "scenarios/format/node.hpp"
#include "scenarios/format/scenario.hpp"

namespace stampede::scenarios {

/// A time that a fault is on, from the start of the run.
struct Occurrence {
    Duration begin;
    Duration end;
};

/// How long the fault is on each time. A fault that works it out from more than its `for` has an overload.
template <std::derived_from<FaultTiming> F>
[[nodiscard]] Duration length_of(const F& fault, const Scenario&) {
    return fault.lasts;
}

/// From the first batch's leaving to the last one's being up.
[[nodiscard]] Duration length_of(const DeploymentFault& fault, const Scenario& scenario);

/// In the order of time, none of them overlapping; all are over by the end of the run.
[[nodiscard]] std::vector<Occurrence> occurrences_of(const Fault& fault, const Scenario& scenario);

[[nodiscard]] std::string_view name_of(const Fault& fault);
/// What it strikes, as reports name it.
[[nodiscard]] std::string subject_of(const Fault& fault);

/// The same fault, so many times as long, its ramp along with it. Lengths of a second and more come in tenths of one.
[[nodiscard]] Fault stretched(const Fault& fault, double factor);

/// Faults that may be drawn are over within the run however late they begin.
void check_chaos(const Scenario& scenario, const Node& chaos, Mistakes& mistakes);
/// Lines lie within the run, and their targets are there. `list` is where the lines stand.
void check_trace(const Scenario& scenario, const Node& list, Mistakes& mistakes);

/// Times that lie within the run and do not overlap, and targets that there are. `settings` is where the fault's
/// fields stand.
void check_fault(const Scenario& scenario, const Fault& fault, const Node& settings, Mistakes& mistakes);

}  // namespace stampede::scenarios
