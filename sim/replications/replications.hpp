#pragma once
/// Many runs side by side, each in a process of its own; results come back through pipes.

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/format/scenario.hpp"
#include "sim/measure/result.hpp"

namespace stampede::sim {

struct PlannedRun {
    const scenarios::Scenario* scenario;
    std::uint64_t seed;
};

/// A run that did not come back: what became of its process ("killed by signal 11 (Segmentation fault)"), or why there
/// is none.
struct Failure {
    std::string what;
};

/// A job that was not started or not finished because of an interruption.
struct Interrupted {};

using Replication = std::variant<Result, Failure, Interrupted>;

struct Progress {
    std::size_t finished = 0;
    std::size_t total = 0;
};

struct ReplicationOptions {
    unsigned parallel = 1;  ///< processes at once, at least 1; fewer where the system gives no more
    std::function<void(const Progress&)> on_progress;  ///< after every finished job, and about four times a second
    std::function<bool()> interrupted;                 ///< asked about four times a second; true ends what is running
};

/// One replication for every job, in the order of the jobs whatever the order in which they ended.
[[nodiscard]] std::vector<Replication> run_all(const std::vector<PlannedRun>& jobs, const ReplicationOptions& options);

}  // namespace stampede::sim
