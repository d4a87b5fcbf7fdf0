/// Requests: when agents make them, and how one begins.

#include "sim/simulation.hpp"

namespace stampede::sim {
namespace {

/// So many agents of each population are followed closely.
constexpr std::uint32_t traced_agents = 4;

}  // namespace

Event Simulation::request_event(std::uint16_t population, std::uint32_t agent, std::uint32_t reloads) const noexcept {
    return {.kind = EventKind::request,
            .place = population,
            .subject = agent,
            .token = presence_.stay(agent) << 8U | reloads};
}

/// An open population's next request comes whatever becomes of this one, and of several at once each is one.
void Simulation::request(const Event& event) {
    if (event.token >> 8U != presence_.stay(event.subject)) return;  // of before the client went away
    const std::uint32_t reloads = event.token & 0xffU;
    std::uint32_t batch = 1;
    if (reloads == 0 && populations_[event.place].is_open()) {
        schedule_request(event.place, event.subject);
        if (const auto& timetable = timetables_[event.place]) batch = timetable->batch(agents_[event.subject].arrivals);
    }
    for (; batch > 0; --batch) begin_request(event.place, event.subject, reloads);
}

void Simulation::begin_request(std::uint16_t number, std::uint32_t agent, std::uint32_t reloads) {
    const Population& population = populations_[number];
    Call& call = calls_.acquire(number);
    CallInfo& info = CallPool::info(call);
    info.agent = agent;
    info.traced = agent - population.first_agent() < traced_agents;
    info.measured = agenda_.now() - Instant{} >= scenario_.run.warmup;
    CallFacts facts;
    facts.priority = population.priority(agents_[agent].arrivals) & 0x7fU;
    if (endpoints_.concern(number)) endpoints_.choose(number, call.id());
    if (visits_.concern(number)) begin_patience(number, call.id(), reloads);
    call.start(surroundings(info), callers_[number].pipeline(population.client_of(agent)), facts);
}

Duration Simulation::first_request(std::size_t p, std::uint32_t agent) {
    const Population& population = populations_[p];
    Stream& stream = agents_[agent].arrivals;
    return timetables_[p] ? timetables_[p]->first(population.client_of(agent), stream)
                          : population.first_request(stream);
}

void Simulation::schedule_request(std::uint16_t number, std::uint32_t agent) {
    const Population& population = populations_[number];
    Stream& stream = agents_[agent].arrivals;
    const auto& timetable = timetables_[number];
    const Duration after = timetable ? timetable->next(agenda_.now(), population.client_of(agent), stream)
                                     : population.next_request(stream);
    if (after != no_timer) agenda_.after(after, request_event(number, agent, 0));
}

}  // namespace stampede::sim
