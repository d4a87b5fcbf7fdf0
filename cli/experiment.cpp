#include "cli/experiment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <span>

#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "cli/shell.hpp"
#include "cli/version.hpp"
#include "sim/replications/replications.hpp"

namespace stampede::cli {
namespace {

/// Seed by seed through all variants, so that an interruption leaves pairs that can be compared.
std::vector<sim::PlannedRun> jobs_of(const Experiment& experiment, std::span<const std::uint64_t> seeds) {
    std::vector<sim::PlannedRun> jobs;
    for (std::uint64_t seed : seeds)
        for (const scenarios::Scenario& scenario : experiment.scenarios) jobs.push_back({&scenario, seed});
    return jobs;
}

Plan plan_of(const Experiment& experiment, std::size_t seeds) {
    Plan plan{seeds * experiment.scenarios.size(), experiment.scenarios.size(), 0};
    for (const scenarios::Scenario& scenario : experiment.scenarios)
        plan.simulated_s += to_seconds(scenario.run.duration) * static_cast<double>(seeds);
    return plan;
}

/// Runs the jobs; `before` runs of this experiment have ended already.
std::vector<sim::Replication> run(const std::vector<sim::PlannedRun>& jobs, unsigned parallel, ProgressLine& line,
                                  std::size_t before) {
    sim::ReplicationOptions options;
    options.parallel = parallel;
    options.on_progress = [&](const sim::Progress& progress) { line.show(before + progress.finished); };
    options.interrupted = is_interrupted;
    return sim::run_all(jobs, options);
}

/// One variant's values of a metric, seed by seed; not-a-number where a run has none.
std::vector<double> values_of(const std::vector<sim::Replication>& all, std::size_t variant, std::size_t variants,
                              Metric metric) {
    std::vector<double> values;
    for (std::size_t i = variant; i < all.size(); i += variants) {
        values.push_back(reports::no_value);
        const auto* result = std::get_if<sim::Result>(&all[i]);
        if (!result) continue;
        for (const sim::Value& each : result->values)
            if (each.metric == metric && each.subject.empty()) values.back() = each.value;
    }
    return values;
}

reports::Precision precision_of(const Experiment& experiment, const std::vector<sim::Replication>& all) {
    reports::Precision precision{experiment.precision->target, experiment.precision->most_seeds, {}};
    for (std::size_t i = 0; i < experiment.variants.size(); ++i)
        for (Metric metric : experiment.precision->metrics) {
            const std::vector<double> values = values_of(all, i, experiment.variants.size(), metric);
            if (!reports::sorted_values(values).empty())
                precision.widths.push_back({experiment.variants[i].name, metric, reports::relative_half_width(values)});
        }
    return precision;
}

/// All runs, seed by seed; with a goal in batches, and `seeds` grows with them.
std::vector<sim::Replication> run_all(const Experiment& experiment, std::vector<std::uint64_t>& seeds,
                                      unsigned parallel, bool is_quiet) {
    watch_for_interrupts();
    ProgressLine line(plan_of(experiment, seeds.size()), is_quiet);
    std::vector<sim::Replication> all = run(jobs_of(experiment, seeds), parallel, line, 0);
    while (experiment.precision && !is_interrupted()) {
        const reports::Precision precision = precision_of(experiment, all);
        if (precision.is_reached() || seeds.size() >= precision.most_seeds) break;
        const std::size_t known = seeds.size();
        const std::uint64_t wanted = reports::next_seed_count(precision, known);
        while (seeds.size() < wanted) seeds.push_back(seeds.back() + 1);
        line.change(plan_of(experiment, seeds.size()));
        auto more = run(jobs_of(experiment, std::span(seeds).subspan(known)), parallel, line, all.size());
        std::move(more.begin(), more.end(), std::back_inserter(all));
    }
    return all;
}

class Machine {
public:
    void add(const sim::Result& result) {
        for (const sim::Value& value : result.values)
            if (value.metric == Metric::attempts_total && value.subject.empty()) attempts_ += value.value;
        events_ += static_cast<double>(result.events);
        run_seconds_ += result.wall_s;
        peak_rss_mib_ = std::max(peak_rss_mib_, result.peak_rss_mib);
    }

    [[nodiscard]] reports::Environment environment(double seconds, unsigned parallel) const {
        return {seconds, run_seconds_, parallel, attempts_ / seconds, events_ / seconds, peak_rss_mib_};
    }

private:
    double attempts_ = 0;
    double events_ = 0;
    double run_seconds_ = 0;
    double peak_rss_mib_ = 0;
};

/// Takes the variant's results out of all replications.
reports::Summary summarise(const Experiment& experiment, const std::vector<std::uint64_t>& seeds, std::size_t variant,
                           std::vector<sim::Replication>& all, Machine& machine, bool& interrupted) {
    std::vector<sim::Result> results;
    std::vector<reports::FailedRun> failures;
    for (std::size_t i = 0; i < seeds.size(); ++i) {
        sim::Replication& replication = all[i * experiment.variants.size() + variant];
        const std::uint64_t seed = seeds[i];
        if (auto* result = std::get_if<sim::Result>(&replication)) {
            machine.add(*result);
            results.push_back(std::move(*result));
        } else if (const auto* failure = std::get_if<sim::Failure>(&replication)) {
            failures.push_back({seed, failure->what, command_for(experiment, experiment.variants[variant], seed)});
        } else {
            interrupted = true;
        }
    }
    const scenarios::Variant& what = experiment.variants[variant];
    return reports::summarise(what.name, what.overrides, results, std::move(failures));
}

}  // namespace

std::string command_for(const Experiment& experiment, const scenarios::Variant& variant, std::uint64_t seed) {
    std::string command = "stampede run " + shell_word(experiment.file);
    for (const auto* overrides : {&experiment.overrides, &variant.overrides})
        for (const scenarios::Override& each : *overrides)
            command += " --set " + shell_word(each.path + "=" + each.value);
    return command + fmt::format(" --seeds {}..{}", seed, seed);
}

reports::Report run_experiment(const Experiment& experiment, unsigned parallel, bool is_quiet) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point begin = Clock::now();
    std::vector<std::uint64_t> seeds = experiment.seeds;
    std::vector<sim::Replication> all = run_all(experiment, seeds, parallel, is_quiet);
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();

    reports::Report report;
    Machine machine;
    report.version = version;
    if (experiment.precision) report.precision = precision_of(experiment, all);
    for (std::size_t i = 0; i < experiment.variants.size(); ++i) {
        report.variants.push_back(summarise(experiment, seeds, i, all, machine, report.interrupted));
        for (reports::ThresholdResult& result :
             reports::check_thresholds(report.variants.back(), experiment.scenarios[i].thresholds))
            report.thresholds.push_back(std::move(result));
    }
    report.seeds = std::move(seeds);
    report.comparisons = reports::compare_all(report.variants);
    report.environment = machine.environment(seconds, parallel);
    return report;
}

}  // namespace stampede::cli
