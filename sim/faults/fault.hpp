#pragma once
/// What each kind of fault does: one source a fault. A new one is one more source, its lines below and one more
/// alternative of scenarios::Fault.

#include <cstdint>
#include <span>
#include <vector>

#include "scenarios/format/faults/schedule.hpp"
#include "scenarios/format/scenario.hpp"
#include "sim/clients/presence.hpp"
#include "sim/network/network.hpp"
#include "sim/platform/platform.hpp"
#include "sim/services/backend.hpp"

namespace stampede::sim {

/// What faults may act on.
struct FaultStage {
    Backend& backend;
    Platform& platform;
    Network& network;
    const scenarios::Scenario& scenario;
    Clientele* clients = nullptr;  ///< only faults of clients ask it
};

/// A time that a fault, or a part of it, is on.
struct Episode {
    std::uint32_t fault;  ///< its number in the run
    Instant begin;
    Instant end;
    std::vector<std::uint16_t> struck;  ///< numbers of the instances that it strikes
    std::uint8_t part = 0;              ///< which part, of a fault that has several
    std::uint8_t endpoint = 0;          ///< the number of the one that it strikes of these; 0 for all that they do
};

/// One episode as a fault sees it.
struct FaultScene {
    const FaultStage& stage;
    Instant now;
    std::uint32_t number;  ///< tells the episode from all others of the run
    const Episode& episode;
    double strength = 1;  ///< from 0 to 1

    /// Calls `act(ailments)` for each instance that is struck, or for what is struck of it.
    template <class Act>
    void for_each_ailing(Act&& act) const {
        for (const std::uint16_t each : episode.struck) act(stage.backend.instances()[each].ailments(episode.endpoint));
    }
    /// Calls `act(instance, number)` for each that is struck.
    template <class Act>
    void for_each_struck(Act&& act) const {
        for (const std::uint16_t each : episode.struck) act(stage.backend.instances()[each], each);
    }
};

/// What an occurrence of a fault is to be made into.
struct EpisodePlan {
    const scenarios::Scenario& scenario;
    std::uint64_t seed;
    std::uint32_t fault;  ///< its number in the run
    std::uint32_t nth;    ///< which of the fault's occurrences, from 0
    scenarios::Occurrence occurrence;
    std::vector<Episode>& episodes;
};

// Of faults that do not simply strike all of their target from beginning to end.
void add_episodes(const scenarios::FlappingFault& fault, const EpisodePlan& plan);
void add_episodes(const scenarios::DeploymentFault& fault, const EpisodePlan& plan);

// `apply` comes at the beginning of an episode, and again whenever its strength has changed; `lift` at its end.
void apply(const scenarios::OutageFault& fault, const FaultScene& scene);
void lift(const scenarios::OutageFault& fault, const FaultScene& scene);
void apply(const scenarios::FlappingFault& fault, const FaultScene& scene);
void lift(const scenarios::FlappingFault& fault, const FaultScene& scene);
void apply(const scenarios::CrashFault& fault, const FaultScene& scene);
void lift(const scenarios::CrashFault& fault, const FaultScene& scene);
void apply(const scenarios::PauseFault& fault, const FaultScene& scene);
void lift(const scenarios::PauseFault& fault, const FaultScene& scene);
void apply(const scenarios::SurgeFault& fault, const FaultScene& scene);
void lift(const scenarios::SurgeFault& fault, const FaultScene& scene);
void apply(const scenarios::ReconnectFault& fault, const FaultScene& scene);
void lift(const scenarios::ReconnectFault& fault, const FaultScene& scene);
void apply(const scenarios::ClockSkewFault& fault, const FaultScene& scene);
void lift(const scenarios::ClockSkewFault& fault, const FaultScene& scene);
void apply(const scenarios::ErrorFault& fault, const FaultScene& scene);
void lift(const scenarios::ErrorFault& fault, const FaultScene& scene);
void apply(const scenarios::LatencyFault& fault, const FaultScene& scene);
void lift(const scenarios::LatencyFault& fault, const FaultScene& scene);
void apply(const scenarios::SlowdownFault& fault, const FaultScene& scene);
void lift(const scenarios::SlowdownFault& fault, const FaultScene& scene);
void apply(const scenarios::CapacityFault& fault, const FaultScene& scene);
void lift(const scenarios::CapacityFault& fault, const FaultScene& scene);
void apply(const scenarios::CacheFlushFault& fault, const FaultScene& scene);
void lift(const scenarios::CacheFlushFault& fault, const FaultScene& scene);
void apply(const scenarios::DeploymentFault& fault, const FaultScene& scene);
void lift(const scenarios::DeploymentFault& fault, const FaultScene& scene);
void apply(const scenarios::PartitionFault& fault, const FaultScene& scene);
void lift(const scenarios::PartitionFault& fault, const FaultScene& scene);
void apply(const scenarios::NetworkFault& fault, const FaultScene& scene);
void lift(const scenarios::NetworkFault& fault, const FaultScene& scene);

}  // namespace stampede::sim
