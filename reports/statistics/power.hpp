#pragma once
/// How many seeds it takes to see a difference.

#include <cstddef>
#include <optional>

#include "reports/statistics/sample.hpp"

namespace stampede::reports {

/// The chance with which a number of seeds that is called enough sees the difference that is looked for.
inline constexpr double wanted_power = 0.8;

/// More seeds than this are never asked for.
inline constexpr std::size_t most_seeds_asked_for = 10'000;

/// The chance that the paired, two-sided t test at `level` sees a difference of `effect` times the standard deviation
/// of the differences, with n ≥ 2 pairs. By the noncentral t distribution with noncentrality effect · √n: J. Cohen,
/// "Statistical Power Analysis for the Behavioral Sciences", 2nd ed. (1988), chapter 2; as R's
/// power.t.test(n, delta = effect, sd = 1, level, type = "paired", strict = TRUE).
[[nodiscard]] double power_of_t(double effect, std::size_t n, double level = 1 - confidence);

/// The fewest pairs for which that power is at least `wanted_power`; nothing where that is above
/// `most_seeds_asked_for`.
[[nodiscard]] std::optional<std::size_t> seeds_for(double effect, double level = 1 - confidence);

}  // namespace stampede::reports
