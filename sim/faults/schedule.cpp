#include "sim/faults/schedule.hpp"

#include <concepts>

#include "scenarios/format/faults/schedule.hpp"
#include "scenarios/format/targets.hpp"
#include "sim/faults/strength.hpp"

namespace stampede::sim {
namespace {

using namespace scenarios;

/// What an occurrence of a fault consists of: one episode, unless the fault has an overload that says otherwise.
template <class F>
void add_episodes(const F& fault, const Occurrence& occurrence, std::uint32_t number, const Scenario& scenario,
                  std::vector<Episode>& episodes) {
    Episode episode{number, Instant{} + occurrence.begin, Instant{} + occurrence.end, {}};
    if constexpr (std::derived_from<F, FaultTarget>) episode.struck = struck_by(scenario, fault.on, fault.share);
    episodes.push_back(std::move(episode));
}

}  // namespace

FaultSchedule::FaultSchedule(const Scenario& scenario, std::uint64_t) : faults_(scenario.faults) {
    for (std::uint32_t i = 0; i < faults_.size(); ++i)
        for (const Occurrence& occurrence : occurrences_of(faults_[i], scenario))
            std::visit([&](const auto& fault) { add_episodes(fault, occurrence, i, scenario, episodes_); }, faults_[i]);
}

void FaultSchedule::begin(Agenda& agenda) const {
    for (std::uint32_t i = 0; i < episodes_.size(); ++i) {
        agenda.after(episodes_[i].begin - agenda.now(), {.kind = EventKind::fault_begin, .subject = i});
        agenda.after(episodes_[i].end - agenda.now(), {.kind = EventKind::fault_end, .subject = i});
    }
}

void FaultSchedule::handle(const Event& event, Agenda& agenda, const FaultStage& stage) const {
    if (event.kind != EventKind::fault_end) return apply_step(event.subject, agenda, stage);
    const Episode& episode = episodes_[event.subject];
    const FaultScene scene{stage, agenda.now(), event.subject, episode};
    std::visit([&](const auto& fault) { lift(fault, scene); }, faults_[episode.fault]);
}

void FaultSchedule::apply_step(std::uint32_t number, Agenda& agenda, const FaultStage& stage) const {
    const Episode& episode = episodes_[number];
    std::visit(
        [&]<class F>(const F& fault) {
            StrengthStep step{1, Duration::zero()};
            if constexpr (std::derived_from<F, FaultStrength>)
                step = strength_at(fault, episode.end - episode.begin, agenda.now() - episode.begin);
            apply(fault, {stage, agenda.now(), number, episode, step.strength});
            if (step.lasts > Duration::zero())
                agenda.after(step.lasts, {.kind = EventKind::fault_change, .subject = number});
        },
        faults_[episode.fault]);
}

}  // namespace stampede::sim
