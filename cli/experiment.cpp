#include "cli/experiment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "cli/interrupt.hpp"
#include "cli/progress.hpp"
#include "cli/shell.hpp"
#include "cli/version.hpp"
#include "sim/replications/replications.hpp"

namespace stampede::cli {
namespace {

/// Seed by seed through all variants, so that an interruption leaves pairs that can be compared.
std::vector<sim::Job> jobs_of(const Experiment& experiment) {
    std::vector<sim::Job> jobs;
    for (std::uint64_t seed : experiment.seeds)
        for (const scenarios::Scenario& scenario : experiment.scenarios) jobs.push_back({&scenario, seed});
    return jobs;
}

Plan plan_of(const Experiment& experiment) {
    Plan plan{experiment.seeds.size() * experiment.scenarios.size(), experiment.scenarios.size(), 0};
    for (const scenarios::Scenario& scenario : experiment.scenarios)
        plan.simulated_s += to_seconds(scenario.run.duration) * static_cast<double>(experiment.seeds.size());
    return plan;
}

std::vector<sim::Replication> run(const Experiment& experiment, unsigned parallel, bool is_quiet) {
    watch_for_interrupts();
    ProgressLine line(plan_of(experiment), is_quiet);
    sim::ReplicationOptions options;
    options.parallel = parallel;
    options.on_progress = [&](const sim::Progress& progress) { line.show(progress.finished); };
    options.interrupted = is_interrupted;
    return sim::run_all(jobs_of(experiment), options);
}

class Machine {
public:
    void add(const sim::Result& result) {
        for (const sim::Value& value : result.values)
            if (value.metric == Metric::attempts_total && value.subject.empty()) attempts_ += value.value;
        events_ += static_cast<double>(result.events);
        peak_rss_mib_ = std::max(peak_rss_mib_, result.peak_rss_mib);
    }

    [[nodiscard]] reports::Environment environment(double seconds, unsigned parallel) const {
        return {seconds, parallel, attempts_ / seconds, events_ / seconds, peak_rss_mib_};
    }

private:
    double attempts_ = 0;
    double events_ = 0;
    double peak_rss_mib_ = 0;
};

/// Takes the variant's results out of all replications.
reports::Summary summarise(const Experiment& experiment, std::size_t variant, std::vector<sim::Replication>& all,
                           Machine& machine, bool& interrupted) {
    std::vector<sim::Result> results;
    std::vector<reports::FailedRun> failures;
    for (std::size_t i = 0; i < experiment.seeds.size(); ++i) {
        sim::Replication& replication = all[i * experiment.variants.size() + variant];
        const std::uint64_t seed = experiment.seeds[i];
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
    std::vector<sim::Replication> all = run(experiment, parallel, is_quiet);
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();

    reports::Report report;
    Machine machine;
    report.version = version;
    report.seeds = experiment.seeds;
    for (std::size_t i = 0; i < experiment.variants.size(); ++i) {
        report.variants.push_back(summarise(experiment, i, all, machine, report.interrupted));
        for (reports::ThresholdResult& result :
             reports::check_thresholds(report.variants.back(), experiment.scenarios[i].thresholds))
            report.thresholds.push_back(std::move(result));
    }
    report.comparisons = reports::compare_all(report.variants);
    report.environment = machine.environment(seconds, parallel);
    return report;
}

}  // namespace stampede::cli
