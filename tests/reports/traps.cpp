#include "tests/reports/traps.hpp"

#include "tests/reports/made_up.hpp"

namespace stampede::reports::made_up {
namespace {

Instant at(int milliseconds) { return Instant{std::chrono::milliseconds{milliseconds}}; }

/// The second request begins while the first waits; its last wait is cut short by its end.
sim::Trace overlapping() {
    using enum sim::SpanKind;
    return {{{request, 0, 1, 0, at(0), at(900), "success"},
             {attempt, 0, 1, 1, at(0), at(100), "timeout"},
             {backoff, 0, 1, 1, at(100), at(700), "waited"},
             {request, 0, 2, 0, at(500), at(1500), "timeout"},
             {attempt, 0, 2, 1, at(500), at(800), "failure"},
             {attempt, 0, 1, 2, at(700), at(900), "success"},
             {backoff, 0, 2, 1, at(800), at(2800), "waited"},
             {request, 3, 3, 0, at(1000), at(1000), "refused"},
             {refusal, 3, 3, 0, at(1000), at(1000), "breaker_open"}},
            false};
}

void shorten(Summary& variant) {
    for (SeriesSummary& series : variant.series) series.bins.resize(4);
    SeriesSummary part = variant.series.front();
    part.subject = "services.payments";
    variant.series.insert(variant.series.begin() + 1, part);
    variant.trace = overlapping();
    variant.latencies = {{"", {0.001, 0.002, 0.004, 0.128}, {50, 30, 15, 5}}, {"clients.web", {0.001}, {50}}};
}

}  // namespace

Report everything() {
    Report report = comparison(3);
    for (Summary& variant : report.variants) shorten(variant);
    Summary& first = report.variants.front();
    first.seeds.push_back(4);
    for (Quantity& quantity : first.quantities) quantity.per_seed.push_back(no_value);
    first.fingerprints.push_back(0);
    report.seeds = {1, 2, 3, 4, 5};
    first.failures = {{5, "killed by signal 11 (Segmentation fault)", "stampede run f.json --seeds 5..5"}};
    report.thresholds.push_back({first.name, "breaker.time_to_open", "max < 1s", no_value, false});
    report.environment = Environment{12.5, 24, 2, 1.4e6, 4e6, 41};
    return report;
}

Report everything_named(const std::string& text) {
    Report report = everything();
    report.scenario["name"] = text;
    report.scenario["description"] = text;
    report.version = report.command = text;
    for (Summary& variant : report.variants) {
        variant.name += text;
        for (scenarios::Override& each : variant.overrides) each.value = text;
        for (Quantity& quantity : variant.quantities)
            if (!quantity.subject.empty()) quantity.subject += text;
        for (SeriesSummary& series : variant.series)
            if (!series.subject.empty()) series.subject += text;
        for (sim::BreakerLane& lane : variant.breakers) lane.name += text;
        for (sim::FaultWindow& fault : variant.faults) fault.subject = fault.kind = text;
        for (FailedRun& run : variant.failures) run.what = run.command = text;
    }
    for (ThresholdResult& threshold : report.thresholds) threshold.variant += text;
    return report;
}

}  // namespace stampede::reports::made_up
