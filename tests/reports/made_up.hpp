#pragma once
/// Made-up results: what reporters are tested with, so that their tests do not depend on the simulator's numbers.

#include <string>
#include <utility>
#include <vector>

#include "reports/report.hpp"

namespace stampede::reports::made_up {

/// One result that has nothing but these values, of the whole run.
[[nodiscard]] sim::Result result(std::uint64_t seed, std::vector<std::pair<Metric, double>> values);

/// A variant with one metric, seeds from 1.
[[nodiscard]] Summary variant(const std::string& name, Metric metric, const std::vector<double>& per_seed);

/// An outage from 30 s to 60 s of 120 s and the wave behind it, `height` times the normal; deterministic in the seed.
/// `height` above 8 never recovers in the odd seeds. `phase` shifts what differs from seed to seed.
[[nodiscard]] sim::Result outage(std::uint64_t seed, double height, double phase, bool has_breakers);

/// Three variants ("none", "full", "ρ-decorrelated") over `seeds` seeds with thresholds and comparisons.
[[nodiscard]] Report comparison(std::uint64_t seeds);

/// One variant, with thresholds.
[[nodiscard]] Report single(std::uint64_t seeds);

}  // namespace stampede::reports::made_up
