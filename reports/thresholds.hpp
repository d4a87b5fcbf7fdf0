#pragma once
/// What the scenario demands of its metrics, and whether it was met.

#include <string>
#include <vector>

#include "reports/summary.hpp"
#include "scenarios/format/thresholds.hpp"

namespace stampede::reports {

struct ThresholdResult {
    std::string variant;
    std::string metric;
    std::string condition;    ///< as written: "p95 < 20s"
    double value = no_value;  ///< the statistic over the seeds, in the metric's unit; may be `never`; not-a-number
                              ///< where no seed has one
    bool passed = false;
};

/// The statistic of a condition over the seeds. `never` is larger than every number; a mean over a `never` is `never`.
[[nodiscard]] double statistic_of(scenarios::Statistic statistic, const std::vector<double>& per_seed);

/// One result for every condition, in the order of the file. A metric without any value fails: what was not measured
/// was not met.
[[nodiscard]] std::vector<ThresholdResult> check_thresholds(const Summary& variant,
                                                            const std::vector<scenarios::Threshold>& thresholds);

}  // namespace stampede::reports
