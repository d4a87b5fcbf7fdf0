#include "sim/run.hpp"

#include <sys/resource.h>

#include <chrono>

#include "sim/measure/summarise.hpp"
#include "sim/simulation.hpp"

namespace stampede::sim {
namespace {

double peak_rss_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Of a run that was stopped, what there was of it.
scenarios::Scenario as_it_ran(const scenarios::Scenario& scenario, const Simulation& simulation) {
    scenarios::Scenario ran = scenario;
    ran.run.duration = simulation.end() - Instant{};
    return ran;
}

}  // namespace

Result run(const scenarios::Scenario& scenario, std::uint64_t seed) {
    const auto started = std::chrono::steady_clock::now();
    Simulation simulation(scenario, seed);
    simulation.run();
    Result result = summarise(as_it_ran(scenario, simulation), seed, simulation);
    result.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    result.peak_rss_mib = peak_rss_mib();
    return result;
}

}  // namespace stampede::sim
