#include "tests/sim/support/outcomes.hpp"

#include <numeric>
#include <stdexcept>

#include "sim/replications/replications.hpp"

namespace stampede::test {

using sim::Result;

std::vector<Result> run_each(const std::vector<scenarios::Scenario>& scenarios,
                             const std::vector<std::uint64_t>& seeds) {
    std::vector<sim::PlannedRun> jobs;
    for (const auto& scenario : scenarios)
        for (const std::uint64_t seed : seeds) jobs.push_back({&scenario, seed});
    std::vector<Result> results;
    for (sim::Replication& replication : sim::run_all(jobs, {})) {
        if (const auto* failure = std::get_if<sim::Failure>(&replication)) throw std::runtime_error(failure->what);
        results.push_back(std::get<Result>(std::move(replication)));
    }
    return results;
}

std::vector<Result> run_seeds(const scenarios::Scenario& scenario, std::uint64_t seeds) {
    std::vector<std::uint64_t> numbers(seeds);
    std::iota(numbers.begin(), numbers.end(), 1);
    return run_each({scenario}, numbers);
}

Result run_once(const scenarios::Scenario& scenario, std::uint64_t seed) {
    return std::move(run_each({scenario}, {seed}).front());
}

std::optional<double> find(const Result& result, Metric metric, const std::string& subject) {
    for (const auto& value : result.values)
        if (value.metric == metric && value.subject == subject) return value.value;
    return std::nullopt;
}

double get(const Result& result, Metric metric, const std::string& subject) {
    if (const auto value = find(result, metric, subject)) return *value;
    throw std::runtime_error("no value of " + std::string{info(metric).name} + " for '" + subject + "'");
}

std::vector<double> get_indexed(const Result& result, Metric metric, const std::string& subject) {
    for (const auto& value : result.indexed)
        if (value.metric == metric && value.subject == subject) return value.values;
    throw std::runtime_error("no list of " + std::string{info(metric).name} + " for '" + subject + "'");
}

std::vector<double> series(const Result& result, const std::string& name, const std::string& subject) {
    for (const auto& each : result.series)
        if (each.name == name && each.subject == subject) return each.values;
    return {};
}

std::vector<double> values(const std::vector<Result>& results, Metric metric) {
    std::vector<double> list;
    for (const Result& result : results) list.push_back(get(result, metric));
    return list;
}

}  // namespace stampede::test
