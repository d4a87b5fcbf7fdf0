#pragma once
/// A scenario as it was meant: what the reader makes of a file, and what the simulator runs.
/// The tables beside the fields are all that reader, schema and documentation know.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"
#include "policies/stack.hpp"
#include "scenarios/format/clients.hpp"
#include "scenarios/format/faults.hpp"
#include "scenarios/format/faults/chaos.hpp"
#include "scenarios/format/faults/trace.hpp"
#include "scenarios/format/limits.hpp"
#include "scenarios/format/network.hpp"
#include "scenarios/format/services.hpp"
#include "scenarios/format/thresholds.hpp"

namespace stampede::scenarios {

using std::chrono::milliseconds;
using std::chrono::seconds;

// ── The run ──────────────────────────────────────────────────────────────────────────────────────────────────────

struct RunSettings {
    Duration duration = seconds{60};
    Duration warmup{};
    std::uint32_t seeds = 10;
    Duration bin = milliseconds{100};
    double max_requests = 200e6;
    RunLimits limits;
    static constexpr std::string_view doc = "how long, how often, and what is left out";
    static constexpr auto fields() {
        return std::tuple{
            field("duration", &RunSettings::duration,
                  "simulated time; what has not ended by then is counted as running")
                .required()
                .above(0)
                .up_to(604'800),
            field("warmup", &RunSettings::warmup, "requests that start before this time are not measured")
                .from(0)
                .up_to(604'800),
            field("seeds", &RunSettings::seeds, "runs with seeds 1 to this number, unless --seeds says otherwise")
                .from(1)
                .up_to(100'000),
            field("bin", &RunSettings::bin, "width of the bins of time series").from(0.001).up_to(60),
            field("max_requests", &RunSettings::max_requests,
                  "a scenario expected to make more requests than this is refused: a guard against a slip of a unit")
                .above(0)
                .up_to(1e10),
            field("limits", &RunSettings::limits, "where a run that would not end is stopped")};
    }
    void check(Problems& problems) const;
};

// ── All of it ────────────────────────────────────────────────────────────────────────────────────────────────────

struct Scenario {
    std::uint32_t version = 1;  ///< of the format
    std::string name;
    std::string description;
    RunSettings run;
    Table<ServiceSettings> services;
    NetworkSettings network;
    Table<StackSettings> policies;
    Table<ClientSettings> clients;
    std::vector<Fault> faults;
    std::vector<TraceLine> fault_trace;
    std::optional<ChaosDraw> chaos;
    std::vector<Threshold> thresholds;
    std::string folder;  ///< where the file stands, not in it: names in other files begin there

    static constexpr std::string_view doc = "clients, their policies, the services that they call, and what goes wrong";
    static constexpr auto fields() {
        return std::tuple{
            field("stampede", &Scenario::version, "version of the format").required().from(1).up_to(1),
            field("name", &Scenario::name, "what reports call it"),
            field("description", &Scenario::description, "what it is about"),
            field("run", &Scenario::run, "how long, how often, and what is left out").required(),
            field("services", &Scenario::services, "what is called, by name").required(),
            field("network", &Scenario::network, "between clients and services"),
            field("policies", &Scenario::policies, "stacks of layers by name, each outermost first"),
            field("clients", &Scenario::clients, "populations of clients, by name").required(),
            field("faults", &Scenario::faults, "what goes wrong, and when"),
            field("fault_trace", &Scenario::fault_trace,
                  "besides: what went wrong once, line by line, as a log or a monitor has it"),
            field("chaos", &Scenario::chaos, "besides: faults that are drawn anew for each seed"),
            field("thresholds", &Scenario::thresholds, "conditions on metrics; a run that breaks one fails")};
    }
    /// Keys of a file that are not part of the scenario itself: see `Document::variants`.
    static constexpr std::array<std::string_view, 2> beside{"$schema", "variants"};
};

/// Requests that all clients together are expected to begin in one run. For closed loops it is what they would do if
/// every answer came at once, so no run makes more.
[[nodiscard]] double expected_requests(const Scenario& scenario);

}  // namespace stampede::scenarios
