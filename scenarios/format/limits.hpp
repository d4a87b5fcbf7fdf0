#pragma once
/// Where a run that would not end is stopped.

#include <tuple>

#include "policies/core/settings.hpp"

namespace stampede::scenarios {

/// Far above what scenarios need; looked at every 65,536 events.
struct RunLimits {
    double events = 20e9;
    double at_once = 500e6;
    double pending = 100e6;
    double memory_mib = 16'384;
    static constexpr std::string_view doc =
        "a run that reaches one of these is stopped: its numbers are of the time until then";
    static constexpr auto fields() {
        return std::tuple{
            field("events", &RunLimits::events, "of the whole run").from(1).up_to(1e15),
            field("at_once", &RunLimits::at_once, "events without any time passing: retries without a delay")
                .from(1)
                .up_to(1e15),
            field("pending", &RunLimits::pending,
                  "events that are still to come, or calls under way: queues without a limit")
                .from(1)
                .up_to(1e12),
            field("memory_mib", &RunLimits::memory_mib, "memory of the run's process, in MiB").from(16).up_to(1e9)};
    }
};

}  // namespace stampede::scenarios
