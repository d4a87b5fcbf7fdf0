#pragma once
/// Runs for tests, and their numbers by name. Each run has a process of its own: SimGrid allows one engine a process.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/format/scenario.hpp"
#include "sim/measure/result.hpp"

namespace stampede::test {

/// One run for each scenario and seed, seeds running fastest. Throws std::runtime_error where one does not come back.
[[nodiscard]] std::vector<sim::Result> run_each(const std::vector<scenarios::Scenario>& scenarios,
                                                const std::vector<std::uint64_t>& seeds);
[[nodiscard]] std::vector<sim::Result> run_seeds(const scenarios::Scenario& scenario, std::uint64_t seeds);
[[nodiscard]] sim::Result run_once(const scenarios::Scenario& scenario, std::uint64_t seed = 1);

/// The value of a metric; nothing where the run has none. `subject` as in sim::Value.
[[nodiscard]] std::optional<double> find(const sim::Result& result, Metric metric, const std::string& subject = "");
/// As `find`; throws std::runtime_error where there is none.
[[nodiscard]] double get(const sim::Result& result, Metric metric, const std::string& subject = "");
[[nodiscard]] std::vector<double> get_indexed(const sim::Result& result, Metric metric,
                                              const std::string& subject = "");
/// A series by name; empty where there is none.
[[nodiscard]] std::vector<double> series(const sim::Result& result, const std::string& name,
                                         const std::string& subject = "");

/// The metric of every result.
[[nodiscard]] std::vector<double> values(const std::vector<sim::Result>& results, Metric metric);

}  // namespace stampede::test
