/// What a run sends over its network: calls to instances, and their answers.

#include "sim/simulation.hpp"

namespace stampede::sim {

std::uint16_t Simulation::zone_of(const CallInfo& info) const noexcept {
    return is_of_population(info) ? zones_[info.caller] : backend_.zone_of_job(info.agent);
}

/// Which client it is, is worked out only where somebody asks.
Endpoint Simulation::caller_of(const CallInfo& info) const noexcept {
    Endpoint endpoint{zone_of(info)};
    if (!network_.asks_who()) return endpoint;
    if (!is_of_population(info)) return endpoint_of(backend_.instance_of_job(info.agent));
    endpoint.population = info.caller;
    endpoint.member = populations_[info.caller].client_of(info.agent);
    return endpoint;
}

void Simulation::begin_attempt(const Call& call) {
    const std::uint16_t instance = CallPool::info(call).instance;
    recorder_.service_called(backend_.instances()[instance].service(), agenda_.now(), call.attempts());
    to_instance(call, instance);
}

void Simulation::to_instance(const Call& call, std::uint16_t instance) {
    const unsigned endpoint = endpoints_.number(CallPool::info(call).caller, call);
    const unsigned marks = call.attempts() > 1 || call.facts().for_retry ? retry_mark : 0U;
    const auto message = [&] {
        return Event{.kind = EventKind::service_arrival,
                     .detail = static_cast<std::uint8_t>(marks | endpoint << endpoint_shift),
                     .place = instance,
                     .subject = call.id(),
                     .token = call.token()};
    };
    if (network_.is_plain()) return agenda_.after(network_.plain_delay(), message());
    const CallInfo& info = CallPool::info(call);
    const Instance& there = backend_.instances()[instance];
    cross_network(caller_of(info), endpoint_of(there), network_.request_bytes(there.service()), info.caller, message());
}

void Simulation::answer(std::uint16_t instance, const Visit& visit, Outcome outcome, std::uint16_t retry_tenths) {
    const unsigned mark = visit.refused_by_endpoint ? endpoint_refuses : 0U;
    const auto message = [&] {
        return Event{.kind = EventKind::reply,
                     .detail = static_cast<std::uint8_t>(static_cast<std::uint8_t>(outcome) | mark),
                     .place = retry_tenths,
                     .subject = visit.call,
                     .token = visit.token};
    };
    if (network_.is_plain()) return agenda_.after(network_.plain_delay(), message());
    const CallInfo& info = calls_.info(visit.call);
    const Instance& here = backend_.instances()[instance];
    cross_network(endpoint_of(here), caller_of(info), network_.response_bytes(here.service()), info.caller, message());
}

void Simulation::cross_network(const Endpoint& from, const Endpoint& to, double bytes, std::uint16_t caller,
                               const Event& message) {
    const Passage passage = network_.cross(from, to, bytes, agenda_.now(), network_streams_[caller]);
    for (std::uint8_t copy = 0; copy < passage.copies; ++copy) {
        if (passage.flows)
            activities_.start_flow(platform_.gate(from.zone), platform_.gate(to.zone), bytes, message,
                                   passage.delays[copy]);
        else
            agenda_.after(passage.delays[copy], message);
    }
}

/// Of the answers to an attempt whose messages were doubled the first is in time or late. All others have come besides.
void Simulation::unwanted_answer(const Event& event) {
    if (answered_.doubles() && answered_.note({event.subject, event.token}))
        recorder_.answer_came_again(event.subject, agenda_.now());
    else
        recorder_.answer_came_late(event.subject, agenda_.now());
}

}  // namespace stampede::sim
