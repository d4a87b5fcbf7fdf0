#include <fmt/format.h>

#include <memory>

#include "cli/axes.hpp"
#include "cli/shell.hpp"
#include "cli/simulate.hpp"
#include "cli/verbs.hpp"

namespace stampede::cli {
namespace {

struct CompareOptions : SimulationOptions {
    std::string jitters;
    std::vector<std::string> varies;
};

/// From the command line where it names any, else the file's own.
std::vector<scenarios::Variant> variants_for(const CompareOptions& options, const Loaded& base) {
    std::vector<Axis> axes;
    if (!options.jitters.empty()) axes.push_back(jitter_axis(options.jitters, base.scenario));
    for (Axis& axis : vary_axes(options.varies)) axes.push_back(std::move(axis));
    auto variants = axes.empty() ? variants_of(base.document, options.file, options.colour()) : combine(axes);
    if (variants.size() >= 2) return variants;
    throw Stop(Exit::wrong_usage,
               fmt::format("there is nothing to compare: {}. Name what differs: --jitter none,full, or "
                           "--vary PATH=VALUE,VALUE, or a \"variants\" section in the file",
                           variants.empty() ? options.file + " has no variants" : "that is one variant"));
}

std::string command_of(const CompareOptions& options) {
    std::string command = options.command("compare");
    if (!options.jitters.empty()) command += " --jitter " + shell_word(options.jitters);
    for (const std::string& vary : options.varies) command += " --vary " + shell_word(vary);
    return command;
}

Exit compare(const CompareOptions& options) {
    check_outputs(options);
    const Loaded base = load(options.file, options.overrides(), options.colour());
    return simulate(options, base, variants_for(options, base), command_of(options));
}

}  // namespace

void add_compare(CLI::App& app, Action& action) {
    const auto options = std::make_shared<CompareOptions>();
    CLI::App* verb = app.add_subcommand("compare", "run variants of a scenario over the same seeds and compare them");
    add_simulation_options(*verb, *options);
    verb->add_option("--jitter", options->jitters, "compare these jitters, in every retry layer")->type_name("A,B,...");
    verb->add_option("--vary", options->varies, "compare these values; repeatable: every combination")
        ->type_name("PATH=A,B,...")
        ->allow_extra_args(false);
    verb->footer(
        "Examples:\n"
        "  stampede compare scenarios/payments-outage.json          the file's own variants\n"
        "  stampede compare FILE --jitter none,full,equal\n"
        "  stampede compare FILE --vary policies.checkout.retry.max_attempts=2,4,8");
    verb->callback([options, &action] { action = [options] { return compare(*options); }; });
}

}  // namespace stampede::cli
