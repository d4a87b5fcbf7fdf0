/// Clients that go away, and people who give up: requests that end before their time.

#include "policies/random/distributions.hpp"
#include "scenarios/format/targets.hpp"
#include "sim/simulation.hpp"

namespace stampede::sim {

using namespace scenarios;

Simulation::Struck Simulation::struck_by(const ReconnectFault& fault) const {
    const auto population = find_target(scenario_, fault.on)->index;
    const Population& clients = populations_[population];
    const std::uint32_t count = fault.struck(scenario_.clients[population].value.count);
    const std::uint32_t loops = clients.agents() / scenario_.clients[population].value.count;
    return {static_cast<std::uint16_t>(population), count, clients.first_agent(),
            clients.first_agent() + count * loops};
}

void Simulation::leave(const ReconnectFault& fault) {
    const Struck struck = struck_by(fault);
    for (std::uint32_t agent = struck.first_agent; agent < struck.end_agent; ++agent) presence_.leave(agent);
    const auto is_struck = [&](const CallInfo& info) {
        return info.caller == struck.population && info.agent >= struck.first_agent && info.agent < struck.end_agent;
    };
    // A connection that is given back is nobody's who is about to go, too.
    if (connections_.concern(struck.population))
        calls_.for_each_running([&](const Call& running, const CallInfo& info) {
            if (is_struck(info)) connections_.withdraw(struck.population, running.id(), agenda_.now());
        });
    calls_.for_each_running([&](const Call& running, const CallInfo& info) {
        if (!is_struck(info) || running.is_branch()) return;
        Call& call = calls_.call(running.id());
        recorder_.request_lost(call.id());
        call.cancel(surroundings(CallPool::info(call)));
        calls_.release(call);
    });
    if (connections_.concern(struck.population)) connections_.forget(struck.population, struck.clients);
    if (fault.forget) callers_[struck.population].forget(struck.clients, agenda_.now(), recorder_, *this);
}

void Simulation::come_back(const ReconnectFault& fault) {
    const Struck struck = struck_by(fault);
    for (std::uint32_t agent = struck.first_agent; agent < struck.end_agent; ++agent) {
        if (!presence_.come_back(agent)) continue;
        Duration after{};
        if (fault.spread > Duration::zero())
            after = from_seconds(uniform(agents_[agent].arrivals, 0, to_seconds(fault.spread)));
        agenda_.after(after, request_event(struck.population, agent, 0));
    }
}

void Simulation::begin_patience(std::uint16_t population, std::uint32_t call, std::uint32_t reloads) {
    const Visits::Wait wait = visits_.begin(population, call, reloads);
    agenda_.after(wait.patience, {.kind = EventKind::patience_over, .subject = call, .token = wait.serial});
    if (reloads > 0) recorder_.reloaded(call);
}

/// Their work goes on at the service, unless it can be told; nobody waits for it.
void Simulation::patience_over(const Event& event) {
    Call& call = calls_.call(event.subject);
    if (!visits_.is(event.subject, event.token) || call.finished() || call.is_branch()) return;
    const CallInfo info = calls_.info(event.subject);
    recorder_.request_given_up(event.subject);
    call.cancel(surroundings(CallPool::info(call)));
    const auto reload = visits_.after_giving_up(info.caller, event.subject);
    go_on(info, event.subject, reload, false);
    calls_.release(call);
}

/// What the agent does after a request: another time by reloading, or it is done and, in a closed loop, thinks.
void Simulation::go_on(const CallInfo& info, std::uint32_t call, std::optional<Visits::Reload> reload, bool success) {
    if (reload) {
        agenda_.after(reload->after, request_event(info.caller, info.agent, reload->number));
        return;
    }
    recorder_.visit_ended(call, success);
    if (!populations_[info.caller].is_open()) schedule_request(info.caller, info.agent);
}

}  // namespace stampede::sim
