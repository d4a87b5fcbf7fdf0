#pragma once
/// SimGrid platform files: what is in one, found out where nothing can go wrong for this process.
///
/// SimGrid throws on some mistakes in a file and aborts on others, and it can load one platform a process. So a child
/// process loads the file first and tells what it saw.

#include <string>
#include <utility>
#include <vector>

#include "scenarios/format/mistakes.hpp"
#include "scenarios/format/node.hpp"
#include "scenarios/format/scenario.hpp"

namespace stampede::sim {

/// What a profile makes worse than it was at the beginning of the run, and for how long.
struct PlatformFault {
    std::string kind;     ///< outage, slowdown, latency or bandwidth
    std::string subject;  ///< "zones.NAME" of a host, "links.NAME"
    double begin_s;
    double end_s;  ///< the run's end at the latest
};

struct PlatformReport {
    std::string refusal;                     ///< what SimGrid says against the file; empty where it takes it
    std::vector<std::string> hosts;          ///< some names, for a suggestion
    std::vector<std::size_t> unknown_zones;  ///< numbers of zones that are no hosts
    std::vector<std::pair<std::size_t, std::size_t>> without_route;  ///< pairs of zones
    std::vector<int> cores;                                          ///< by zone; 0 of an unknown one
    std::vector<double> changes;  ///< when hosts change their state or speed within the run, in seconds, ascending
    bool has_too_many_changes = false;
    std::vector<PlatformFault> faults;  ///< of hosts that are zones and of links between them, by their beginnings
};

/// Of the scenario's platform file, which it must have.
[[nodiscard]] PlatformReport inspect_platform(const scenarios::Scenario& scenario);

/// Loads the file into this process's engine; throws what SimGrid throws.
void load_platform(const scenarios::Scenario& scenario);

/// What is wrong with the platform file of a scenario that is fine otherwise, if it names one. `root` is the file's
/// tree.
void check_platform(const scenarios::Scenario& scenario, const scenarios::Node& root, scenarios::Mistakes& mistakes);

}  // namespace stampede::sim
