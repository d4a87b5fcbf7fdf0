#include <algorithm>

#include "scenarios/format/targets.hpp"
#include "sim/faults/fault.hpp"

namespace stampede::sim {

using scenarios::DeploymentFault;

namespace {

// Parts of a deployment.
constexpr std::uint8_t out_of_balancer = 0;
constexpr std::uint8_t stopped = 1;

}  // namespace

void add_episodes(const DeploymentFault& fault, const EpisodePlan& plan) {
    const auto struck = scenarios::struck_by(plan.scenario, fault.on, fault.share);
    Instant leaves = Instant{} + plan.occurrence.begin;
    for (std::size_t first = 0; first < struck.size(); first += fault.batch) {
        const std::size_t last = std::min(struck.size(), first + fault.batch);
        const std::vector<std::uint16_t> batch(struck.begin() + static_cast<std::ptrdiff_t>(first),
                                               struck.begin() + static_cast<std::ptrdiff_t>(last));
        const Instant stops = leaves + fault.drain;
        const Instant is_up = stops + fault.restart;
        if (fault.drain > Duration::zero())
            plan.episodes.push_back({plan.fault, leaves, is_up, batch, out_of_balancer});
        plan.episodes.push_back({plan.fault, stops, is_up, batch, stopped});
        leaves = is_up + fault.pause;
    }
}

void apply(const DeploymentFault&, const FaultScene& scene) {
    Backend& backend = scene.stage.backend;
    scene.for_each_struck([&](Instance&, std::uint16_t number) {
        scene.episode.part == stopped ? backend.stop(number, false) : backend.leave_balancer(number);
    });
}

void lift(const DeploymentFault&, const FaultScene& scene) {
    Backend& backend = scene.stage.backend;
    scene.for_each_struck([&](Instance&, std::uint16_t number) {
        scene.episode.part == stopped ? backend.restart(number) : backend.rejoin_balancer(number);
    });
}

}  // namespace stampede::sim
