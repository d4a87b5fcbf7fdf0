#include <memory>

#include "cli/report_file.hpp"
#include "cli/simulate.hpp"
#include "cli/verbs.hpp"

namespace stampede::cli {
namespace {

/// Says what the report says; that a threshold failed is no failure of showing it.
Exit show_report(const SimulationOptions& options) {
    check_outputs(options);
    reports::Report report = load_report(options.file, options.colour());
    if (options.has_no_environment) report.environment.reset();
    return deliver(options, report) ? Exit::fine : Exit::io_error;
}

}  // namespace

void add_report(CLI::App& app, Action& action) {
    const auto options = std::make_shared<SimulationOptions>();
    CLI::App* verb = app.add_subcommand("report", "show a JSON report again, and with -o in any format");
    verb->add_option("RESULT", options->file, "a report that -o FILE.json has written")->required();
    add_output_options(*verb, *options);
    verb->footer(
        "Examples:\n"
        "  stampede report result.json\n"
        "  stampede report result.json -o result.html -o result.md");
    verb->callback([options, &action] { action = [options] { return show_report(*options); }; });
}

}  // namespace stampede::cli
