#include "sim/faults/schedule.hpp"

#include <concepts>

#include "scenarios/format/targets.hpp"
#include "sim/faults/chaos.hpp"
#include "sim/faults/strength.hpp"

namespace stampede::sim {
namespace {

using namespace scenarios;

/// One episode, unless the fault has an overload that says otherwise.
template <class F>
void add_episodes(const F& fault, const EpisodePlan& plan) {
    const auto [begin, end] = plan.occurrence;
    Episode episode{plan.fault, Instant{} + begin, Instant{} + end, {}};
    if constexpr (std::derived_from<F, FaultTarget>) {
        episode.struck = struck_by(plan.scenario, fault.on, fault.share);
        episode.endpoint = find_target(plan.scenario, fault.on)->endpoint;
    }
    plan.episodes.push_back(std::move(episode));
}

}  // namespace

FaultSchedule::FaultSchedule(const Scenario& scenario, std::uint64_t seed) : faults_(scenario.faults) {
    const auto traced = faults_of(scenario.fault_trace, scenario.run.duration);
    faults_.insert(faults_.end(), traced.begin(), traced.end());
    if (scenario.chaos)
        for (const auto& [from, fault] : draw_faults(*scenario.chaos, seed)) {
            faults_.push_back(fault);
            drawn_.push_back(from);
        }
    for (std::uint32_t i = 0; i < faults_.size(); ++i) {
        std::uint32_t nth = 0;
        for (const Occurrence& occurrence : occurrences_of(faults_[i], scenario)) {
            const EpisodePlan plan{scenario, seed, i, nth++, occurrence, episodes_};
            std::visit([&](const auto& fault) { add_episodes(fault, plan); }, faults_[i]);
        }
    }
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
            if constexpr (std::derived_from<F, FaultStrength>) step.strength *= fault.most;
            apply(fault, {stage, agenda.now(), number, episode, step.strength});
            if (step.lasts > Duration::zero())
                agenda.after(step.lasts, {.kind = EventKind::fault_change, .subject = number});
        },
        faults_[episode.fault]);
}

}  // namespace stampede::sim
