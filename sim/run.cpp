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

}  // namespace

Result run(const scenarios::Scenario& scenario, std::uint64_t seed) {
    const auto started = std::chrono::steady_clock::now();
    Simulation simulation(scenario, seed);
    simulation.run();
    Result result = summarise(scenario, seed, simulation);
    result.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    result.peak_rss_mib = peak_rss_mib();
    return result;
}

}  // namespace stampede::sim
