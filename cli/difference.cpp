#include "cli/difference.hpp"

#include <CLI/CLI.hpp>

#include "cli/percent.hpp"

namespace stampede::cli {

Exit DifferenceOptions::judge(const reports::DiffReport& diff) const {
    const bool fails = !fail_on.empty() && diff.diff.has_worse_beyond(diff.tolerance);
    return fails ? Exit::threshold_failed : Exit::fine;
}

double DifferenceOptions::tolerance_share() const { return parse_percent(tolerance, "--tolerance"); }

void add_difference_options(CLI::App& verb, DifferenceOptions& options, CLI::Option* against) {
    CLI::Option* fail = verb.add_option("--fail-on", options.fail_on, "exit with 99 where a metric got worse")
                            ->type_name("WHAT")
                            ->check(CLI::IsMember({"worse"}));
    CLI::Option* tolerance = verb.add_option("--tolerance", options.tolerance,
                                             "how much worse is no failure, as a share of the value before")
                                 ->type_name("N%");
    if (against == nullptr) return;
    fail->needs(against);
    tolerance->needs(against);
}

}  // namespace stampede::cli
