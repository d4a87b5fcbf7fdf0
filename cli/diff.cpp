#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/difference.hpp"
#include "cli/metric_names.hpp"
#include "cli/output.hpp"
#include "cli/report_file.hpp"
#include "cli/terminal.hpp"
#include "cli/verbs.hpp"

namespace stampede::cli {
namespace {

constexpr const char* standard_output = "-";

struct DiffOptions : DifferenceOptions {
    std::string before;
    std::string after;
    std::string metrics;
    std::vector<std::string> outputs;
    std::string colour_word = "auto";
    bool is_quiet = false;
};

const reports::DiffReporter& reporter_of(const std::string& output) {
    std::string known;
    for (const reports::DiffReporter& reporter : reports::diff_reporters()) {
        if (output == standard_output || output.ends_with(reporter.extension)) return reporter;
        known += (known.empty() ? "" : ", ") + std::string(reporter.extension);
    }
    throw Stop(Exit::wrong_usage, fmt::format("-o {}: the extension says no format; known: {}", output, known));
}

void check_outputs(const DiffOptions& options) {
    for (const std::string& output : options.outputs) {
        (void)reporter_of(output);
        if (output != standard_output) check_writable(output);
    }
}

void write_outputs(const DiffOptions& options, const reports::DiffReport& report) {
    for (const std::string& output : options.outputs) {
        const std::string text = reporter_of(output).render(report);
        if (output == standard_output)
            print(text);
        else
            write_file(output, text);
    }
}

Exit diff(const DiffOptions& options) {
    check_outputs(options);
    const ColourWish colour = colour_wish(options.colour_word);
    const double tolerance = options.tolerance_share();
    const auto metrics = options.metrics.empty() ? std::vector<Metric>{} : parse_metrics(options.metrics, "--metrics");
    const reports::Report before = load_report(options.before, colour);
    const reports::Report after = load_report(options.after, colour);
    const reports::DiffReport report{reports::diff(before, after, metrics), options.before, options.after, tolerance};
    const bool is_taken =
        std::find(options.outputs.begin(), options.outputs.end(), standard_output) != options.outputs.end();
    if (!is_taken && !options.is_quiet)
        print(reports::render_diff_text(report, width_of(stdout), wants_colour(colour, stdout)));
    write_outputs(options, report);
    return options.judge(report);
}

}  // namespace

void add_diff(CLI::App& app, Action& action) {
    const auto options = std::make_shared<DiffOptions>();
    CLI::App* verb = app.add_subcommand("diff", "say what differs between two JSON reports: settings and results");
    verb->add_option("BEFORE", options->before, "a report that -o FILE.json has written")->required();
    verb->add_option("AFTER", options->after, "another, of the same scenario")->required();
    add_difference_options(*verb, *options);
    verb->add_option("--metrics", options->metrics, "only these; fewer questions make each easier to answer")
        ->type_name("METRIC,...");
    verb->add_option("-o,--output", options->outputs,
                     "write it as .json or .md; - is JSON on standard output; repeatable")
        ->type_name("FILE")
        ->allow_extra_args(false);
    verb->add_flag("-q,--quiet", options->is_quiet, "print nothing; the exit code and -o say it");
    verb->add_option("--color", options->colour_word, "auto, always or never")
        ->type_name("WHEN")
        ->check(CLI::IsMember({"auto", "always", "never"}));
    verb->footer(
        "Examples:\n"
        "  stampede diff main.json branch.json\n"
        "  stampede diff main.json branch.json --fail-on worse --tolerance 2% -o diff.md");
    verb->callback([options, &action] { action = [options] { return diff(*options); }; });
}

}  // namespace stampede::cli
