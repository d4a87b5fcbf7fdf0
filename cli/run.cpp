#include <fmt/format.h>

#include <memory>

#include "cli/simulate.hpp"
#include "cli/verbs.hpp"

namespace stampede::cli {
namespace {

Exit run(const SimulationOptions& options) {
    check_outputs(options);
    const Loaded base = load(options.file, options.overrides(), options.colour());
    const auto variants = variants_of(base.document, options.file, options.colour());
    if (!variants.empty() && !options.is_quiet)
        fmt::print(stderr, "stampede: note: {} has {} variants; this runs none of them: see stampede compare\n",
                   options.file, variants.size());
    return simulate(options, base, {{"base", {}}}, options.command("run"));
}

}  // namespace

void add_run(CLI::App& app, Action& action) {
    const auto options = std::make_shared<SimulationOptions>();
    CLI::App* verb = app.add_subcommand("run", "run one scenario over its seeds");
    add_simulation_options(*verb, *options);
    verb->footer("Example:\n  stampede run scenarios/payments-outage.json --seeds 20 -o out.json");
    verb->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace stampede::cli
