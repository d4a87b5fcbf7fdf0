#include "cli/simulate.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <thread>

#include "cli/annotations.hpp"
#include "cli/axes.hpp"
#include "cli/baseline.hpp"
#include "cli/experiment.hpp"
#include "cli/metric_names.hpp"
#include "cli/output.hpp"
#include "cli/percent.hpp"
#include "cli/seeds.hpp"
#include "cli/shell.hpp"
#include "reports/reporter.hpp"
#include "reports/terminal/terminal.hpp"
#include "scenarios/format/suggest.hpp"

namespace stampede::cli {
namespace {

constexpr const char* standard_output = "-";
constexpr const char* auto_seeds = "auto";

/// The format that an output's name asks for; standard output gets JSON.
const reports::Reporter& reporter_of(const std::string& output) {
    const std::string name = output == standard_output ? ".json" : output;
    if (const reports::Reporter* reporter = reports::reporter_for(name)) return *reporter;
    std::string known;
    for (const reports::Reporter& reporter : reports::reporters())
        known += (known.empty() ? "" : ", ") + std::string(reporter.extension);
    throw Stop(Exit::wrong_usage, fmt::format("-o {}: the extension says no format; known: {}", output, known));
}

void show_failures(const reports::Report& report) {
    for (const reports::Summary& variant : report.variants)
        for (const reports::FailedRun& run : variant.failures)
            fmt::print(stderr, "stampede: error: variant {}, seed {}: {}\n  to run it alone: {}\n", variant.name,
                       run.seed, run.what, run.command);
}

bool is_standard_output_taken(const SimulationOptions& options) {
    return std::find(options.outputs.begin(), options.outputs.end(), standard_output) != options.outputs.end();
}

/// To standard output, or to standard error where that belongs to the JSON.
void show_tables(const SimulationOptions& options, const reports::Report& report) {
    const bool is_taken = is_standard_output_taken(options);
    if (is_taken && options.is_quiet) return;
    std::FILE* stream = is_taken ? stderr : stdout;
    const std::string text =
        reports::render_terminal(report, {width_of(stream), wants_colour(options.colour(), stream),
                                          options.has_wide_table, parse_metrics(options.metric_names, "--metrics")});
    std::fwrite(text.data(), 1, text.size(), stream);
}

/// GitHub reads both streams.
void show_annotations(const SimulationOptions& options, const Loaded& base, const reports::Report& report) {
    if (!options.has_annotations) return;
    const std::string text = annotations(report, base.document, options.file);
    std::fwrite(text.data(), 1, text.size(), is_standard_output_taken(options) ? stderr : stdout);
}

/// Tries all outputs, whatever becomes of one of them; answers whether all went well.
bool write_outputs(const SimulationOptions& options, const reports::Report& report) {
    bool is_written = true;
    for (const std::string& output : options.outputs) {
        const std::string text = reporter_of(output).render(report);
        if (output == standard_output) {
            print(text);
            continue;
        }
        try {
            write_file(output, text);
        } catch (const Stop& stop) {
            fmt::print(stderr, "stampede: error: {}\n", stop.what());
            is_written = false;
        }
    }
    return is_written;
}

}  // namespace

ColourWish SimulationOptions::colour() const { return colour_wish(colour_word); }

std::vector<scenarios::Override> SimulationOptions::overrides() const {
    std::vector<scenarios::Override> all;
    for (const std::string& text : sets) all.push_back(parse_override(text, "--set"));
    return all;
}

std::string SimulationOptions::command(const std::string& verb) const {
    std::string line = fmt::format("stampede {} {}", verb, shell_word(file));
    for (const std::string& each : sets) line += " --set " + shell_word(each);
    if (!seeds.empty()) line += " --seeds " + shell_word(seeds);
    if (seeds != auto_seeds) return line;
    line += fmt::format(" --precision {} --max-seeds {}", shell_word(precision), most_seeds);
    if (!precision_metrics.empty()) line += " --precision-metrics " + shell_word(precision_metrics);
    return line;
}

void add_seed_options(CLI::App& verb, SimulationOptions& options) {
    verb.add_option("--seeds", options.seeds, "how many, from..to, or auto: until the means are known well enough")
        ->type_name("N|a..b|auto");
    verb.add_option("--precision", options.precision,
                    "with --seeds auto: half the width of the 95 % intervals, as a share of the mean; 2% unless said")
        ->type_name("N%");
    verb.add_option("--precision-metrics", options.precision_metrics,
                    "with --seeds auto: of which metrics; those of the thresholds, else the wave, successes and p99")
        ->type_name("METRIC,...");
    verb.add_option("--max-seeds", options.most_seeds, "with --seeds auto: never more than so many; 100 unless said")
        ->type_name("N")
        ->check(CLI::Range(2U, 100'000U));
}

void add_simulation_options(CLI::App& verb, SimulationOptions& options) {
    options.parallel = std::max(1U, std::thread::hardware_concurrency());
    verb.add_option("FILE", options.file, "the scenario")->required();
    verb.add_option("--set", options.sets, "replace a value; repeatable")
        ->type_name("PATH=VALUE")
        ->allow_extra_args(false);
    add_seed_options(verb, options);
    verb.add_option("-j,--jobs", options.parallel, "runs side by side; default: one a core")
        ->type_name("N")
        ->check(CLI::Range(1U, 1024U));
    verb.add_flag("--github", options.has_annotations,
                  "annotations for GitHub Actions: an error at every threshold that failed");
    CLI::Option* baseline =
        verb.add_option("--baseline", options.baseline, "say what differs from the results of that name")
            ->type_name("BASELINE");
    verb.add_option("--save-baseline", options.new_baseline, "keep the results under a name, for --baseline")
        ->type_name("BASELINE");
    add_difference_options(verb, options.difference, baseline);
    add_output_options(verb, options);
}

void add_output_options(CLI::App& verb, SimulationOptions& options) {
    verb.add_option("-o,--output", options.outputs,
                    "write the report, as the extension says; - is JSON on standard output; repeatable")
        ->type_name("FILE")
        ->allow_extra_args(false);
    verb.add_flag("-q,--quiet", options.is_quiet, "nothing but errors on standard error");
    verb.add_flag("--wide", options.has_wide_table, "the table's variants side by side, however wide that is");
    verb.add_option("--metrics", options.metric_names, "the table's rows: these metrics (see `stampede list metrics`)")
        ->type_name("METRIC,...");
    verb.add_option("--color", options.colour_word, "auto, always or never")
        ->type_name("WHEN")
        ->check(CLI::IsMember({"auto", "always", "never"}));
    verb.add_flag("--no-environment", options.has_no_environment,
                  "leave time and memory out: equal commands, equal bytes");
}

void check_outputs(const SimulationOptions& options) {
    (void)parse_metrics(options.metric_names, "--metrics");
    for (const std::string& output : options.outputs) {
        (void)reporter_of(output);
        if (output != standard_output) check_writable(output);
    }
}

bool deliver(const SimulationOptions& options, const reports::Report& report) {
    show_tables(options, report);
    return write_outputs(options, report);
}

/// Those of the thresholds are what the file's author cares about; else how high the wave was, and what users got.
std::vector<Metric> precision_metrics_of(const SimulationOptions& options, const scenarios::Scenario& scenario) {
    if (!options.precision_metrics.empty()) return parse_metrics(options.precision_metrics, "--precision-metrics");
    std::vector<Metric> metrics;
    for (const scenarios::Threshold& threshold : scenario.thresholds)
        if (const auto metric = find_metric(threshold.metric)) metrics.push_back(*metric);
    if (metrics.empty()) metrics = {Metric::herd_peak_ratio, Metric::requests_success_rate, Metric::latency_p99};
    return metrics;
}

std::optional<reports::PrecisionGoal> goal_of(const SimulationOptions& options, const scenarios::Scenario& scenario) {
    if (options.seeds != auto_seeds) return std::nullopt;
    const double target = parse_percent(options.precision, "--precision");
    if (target <= 0) throw Stop(Exit::wrong_usage, "--precision: no number of seeds gives 0%");
    return reports::PrecisionGoal{target, precision_metrics_of(options, scenario), options.most_seeds};
}

std::vector<std::uint64_t> seeds_of(const SimulationOptions& options, const scenarios::Scenario& scenario) {
    constexpr std::uint64_t first_batch = 10;
    if (options.seeds == auto_seeds) return parse_seeds(std::to_string(std::min(first_batch, options.most_seeds)));
    return parse_seeds(options.seeds.empty() ? std::to_string(scenario.run.seeds) : options.seeds);
}

/// What the results are compared with; said to be missing before an hour of simulating, not after.
std::optional<reports::Report> baseline_of(const SimulationOptions& options) {
    (void)options.difference.tolerance_share();
    if (!options.new_baseline.empty()) prepare_baseline(options.new_baseline);
    if (options.baseline.empty()) return std::nullopt;
    return load_baseline(options.baseline, options.colour());
}

/// Prints how the report differs from the baseline.
Exit compare_with(const reports::Report& baseline, const SimulationOptions& options, const reports::Report& report) {
    const reports::DiffReport diff{reports::diff(baseline, report), fmt::format("baseline {}", options.baseline),
                                   "this run", options.difference.tolerance_share()};
    const bool is_taken = is_standard_output_taken(options);
    std::FILE* stream = is_taken ? stderr : stdout;
    if (!is_taken || !options.is_quiet)
        fmt::print(stream, "\n{}",
                   reports::render_diff_text(diff, width_of(stream), wants_colour(options.colour(), stream)));
    return options.difference.judge(diff);
}

/// What is not whole, or worse than what was to be kept up to, does not become what others are measured by.
void keep(const SimulationOptions& options, const reports::Report& report, Exit against_baseline) {
    if (options.new_baseline.empty()) return;
    if (against_baseline == Exit::fine && !report.interrupted && !report.has_failures() && !report.was_stopped())
        return save_baseline(options.new_baseline, report);
    fmt::print(stderr, "stampede: note: baseline {} is not saved: {}\n", options.new_baseline,
               against_baseline == Exit::fine ? "runs are missing" : "the results are worse");
}

Exit simulate(const SimulationOptions& options, const Loaded& base, const std::vector<scenarios::Variant>& variants,
              const std::string& command) {
    const std::optional<reports::Report> baseline = baseline_of(options);
    const auto goal = goal_of(options, base.scenario);
    const Experiment experiment{options.file,
                                options.overrides(),
                                variants,
                                load_variants(base.document, variants, options.file, options.colour()),
                                seeds_of(options, base.scenario),
                                goal};
    reports::Report report = run_experiment(experiment, options.parallel, options.is_quiet);
    report.scenario = base.document.json();
    report.command = command;
    if (options.has_no_environment) report.environment.reset();
    show_failures(report);
    const bool is_written = deliver(options, report);
    show_annotations(options, base, report);
    const Exit against_baseline = baseline ? compare_with(*baseline, options, report) : Exit::fine;
    keep(options, report, against_baseline);
    flush_standard_output();
    if (report.interrupted) {
        fmt::print(stderr, "stampede: interrupted; the report holds what had finished\n");
        return Exit::interrupted;
    }
    if (report.has_failures()) return Exit::internal_error;
    if (!is_written) return Exit::io_error;
    if (report.was_stopped()) {
        fmt::print(stderr, "stampede: error: a limit of the scenario (run.limits) ended runs before their time\n");
        return Exit::run_stopped;
    }
    return report.thresholds_passed() ? against_baseline : Exit::threshold_failed;
}

}  // namespace stampede::cli
