#pragma once
/// Everything that a command has found out: what every reporter renders.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "reports/comparison.hpp"
#include "reports/precision.hpp"
#include "reports/summary.hpp"
#include "reports/thresholds.hpp"

namespace stampede::reports {

/// Version of the JSON report's format.
inline constexpr int format_version = 1;

/// How it went on this machine: the only part that differs between two equal commands.
struct Environment {
    double seconds = 0;  ///< from the start of the first run to the end of the last
    /// That the runs themselves took, added up: without what starts and ends their processes. Reports once had none.
    std::optional<double> run_seconds;
    unsigned parallel = 1;      ///< runs side by side
    double attempts_per_s = 0;  ///< attempts of all runs over `seconds`
    double events_per_s = 0;    ///< events of all runs over `seconds`
    double peak_rss_mib = 0;    ///< of the largest run
};

struct Report {
    std::string version;               ///< of the program
    std::string command;               ///< makes this report again; empty where it is not known
    nlohmann::ordered_json scenario;   ///< as run, after --set
    std::vector<std::uint64_t> seeds;  ///< that were asked for
    std::vector<Summary> variants;
    std::vector<Comparison> comparisons;
    std::vector<ThresholdResult> thresholds;
    std::optional<Precision> precision;  ///< where the number of seeds follows from it
    bool interrupted = false;            ///< some runs are missing
    std::optional<Environment> environment;

    [[nodiscard]] bool has_failures() const;
    /// Some run was ended by a limit of the scenario.
    [[nodiscard]] bool was_stopped() const;
    [[nodiscard]] bool thresholds_passed() const;
};

}  // namespace stampede::reports
