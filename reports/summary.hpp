#pragma once
/// One variant over its seeds.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "reports/statistics/sample.hpp"
#include "scenarios/format/override.hpp"
#include "scenarios/metrics/catalogue.hpp"
#include "sim/measure/result.hpp"

namespace stampede::reports {

/// One metric of one subject ("" for the whole run, else "clients.NAME" or "services.NAME").
struct Quantity {
    Metric metric;
    std::string subject;
    std::vector<double> per_seed;  ///< in the order of Summary::seeds; not-a-number where a seed has no value
    Estimate estimate;
};

/// A metric that is listed by an index, such as the attempt number.
struct IndexedQuantity {
    Metric metric;
    std::string subject;
    std::vector<Estimate> by_index;
};

/// A time series, bin by bin.
struct SeriesSummary {
    std::string name;
    std::string subject;
    std::string unit;
    std::vector<Estimate> bins;
};

/// A run that did not come back.
struct FailedRun {
    std::uint64_t seed;
    std::string what;
    std::string command;  ///< runs it alone
};

/// A run that a limit of the scenario ended before its time; its numbers are of the time until then.
struct StoppedRun {
    std::uint64_t seed;
    std::string limit;  ///< which of run.limits
    double at_s;
};

/// The faults that were drawn for one seed.
struct DrawnFaults {
    std::uint64_t seed;
    std::vector<sim::FaultWindow> faults;
};

struct Summary {
    std::string name;
    std::vector<scenarios::Override> overrides;  ///< what makes this variant, over the base scenario
    std::vector<std::uint64_t> seeds;            ///< those that finished
    std::vector<std::uint64_t> fingerprints;     ///< in the same order
    std::vector<Quantity> quantities;            ///< in the order of the catalogue, the whole run before its parts
    std::vector<IndexedQuantity> indexed;
    double bin_s = 0.1;
    std::vector<SeriesSummary> series;       ///< a name by its whole run, then its parts
    std::vector<sim::FaultWindow> faults;    ///< of the first seed; those that were drawn are others in each
    std::vector<DrawnFaults> drawn;          ///< by seed; empty where none were
    std::vector<sim::BreakerLane> breakers;  ///< of the first seed: histories have no mean
    std::uint64_t breaker_count = 0;
    std::vector<sim::LatencyHistogram> latencies;  ///< all seeds together; the whole run before its parts
    sim::Trace trace;                              ///< of the first seed
    std::vector<FailedRun> failures;
    std::vector<StoppedRun> stopped;

    /// Nothing where it was not measured.
    [[nodiscard]] const Quantity* find(Metric metric, std::string_view subject = {}) const;
    [[nodiscard]] const SeriesSummary* find_series(std::string_view series_name, std::string_view subject = {}) const;
};

/// "full, seed 3: stopped at 12.5 s by run.limits.events; its numbers are of the time until then"
[[nodiscard]] std::string stop_sentence(const Summary& variant, const StoppedRun& run);

/// Results in the order of their seeds.
[[nodiscard]] Summary summarise(std::string name, std::vector<scenarios::Override> overrides,
                                const std::vector<sim::Result>& results, std::vector<FailedRun> failures);

}  // namespace stampede::reports
