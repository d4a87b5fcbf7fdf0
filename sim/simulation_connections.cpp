/// How attempts come by a connection where their caller has pools of them.
///
/// A new one takes a round trip: it is asked for, the instance accepts it, and the caller hears of that. Whoever hears
/// nothing asks again as Linux sends a SYN again: after 1 s, then 2 s, 4 s, ... (RFC 6298, 2.1 and 5.5), six times in
/// all (tcp_syn_retries, tcp(7)). An instance in whose backlog the connection waits has answered as far as that goes.

#include <algorithm>

#include "sim/simulation.hpp"

namespace stampede::sim {

using Stage = ConnectionPools::Stage;
using Step = ConnectionPools::Step;

namespace {

constexpr Duration first_repeat = std::chrono::seconds{1};
constexpr std::uint8_t most_repeats = 6;

}  // namespace

void Simulation::seek_connection(const Call& call) {
    const CallInfo& info = calls_.info(call.id());
    const std::uint32_t member = is_of_population(info) ? populations_[info.caller].client_of(info.agent)
                                                        : backend_.instance_of_job(info.agent).number();
    const CallRef attempt{call.id(), call.token()};
    go_on_with(attempt, connections_.begin(info.caller, member, attempt, agenda_.now()));
}

void Simulation::go_on_with(CallRef attempt, Step step) {
    switch (step) {
        case Step::go:
            return begin_attempt(calls_.call(attempt.id));
        case Step::open:
            return ask_for_connection(attempt, 1);
        case Step::wait:
            return agenda_.after(
                connections_.longest_wait(calls_.info(attempt.id).caller),
                {.kind = EventKind::connection_wait_over, .subject = attempt.id, .token = attempt.token});
        case Step::give_up:
            return end_unsent(attempt, Outcome::pool_exhausted);
    }
}

/// Not from here: whoever sends the attempt is not done yet.
void Simulation::end_unsent(CallRef attempt, Outcome outcome) {
    agenda_.after(Duration::zero(), {.kind = EventKind::reply,
                                     .detail = static_cast<std::uint8_t>(outcome),
                                     .subject = attempt.id,
                                     .token = attempt.token});
}

void Simulation::ask_for_connection(CallRef attempt, std::uint8_t times) {
    const CallInfo& info = calls_.info(attempt.id);
    if (is_unanswered(attempt))
        cross_network(
            caller_of(info), endpoint_of(backend_.instances()[info.instance]), 0, info.caller,
            {.kind = EventKind::connect, .place = info.instance, .subject = attempt.id, .token = attempt.token});
    agenda_.after(first_repeat * (1 << (times - 1)),
                  {.kind = EventKind::connect_again, .detail = times, .subject = attempt.id, .token = attempt.token});
}

/// As far as the caller's side can know: the answer may have been lost, too.
bool Simulation::is_unanswered(CallRef attempt) const noexcept {
    const Stage stage = connections_.stage(attempt);
    return stage == Stage::asked ||
           (stage == Stage::accepted && agenda_.now() - connections_.since(attempt) >= first_repeat);
}

void Simulation::connection_event(const Event& event) {
    const CallRef attempt{event.subject, event.token};
    switch (event.kind) {
        case EventKind::connect:
            return asked_for_connection(event);
        case EventKind::connection_accepted:
            return backend_.connection_accepted(event);
        case EventKind::connect_again:
            return ask_again(attempt, event.detail);
        case EventKind::connected:
            return connected(attempt, event.detail == 1);
        default:
            if (connections_.stop_waiting(calls_.info(attempt.id).caller, attempt, agenda_.now()))
                end_unsent(attempt, Outcome::pool_exhausted);
    }
}

void Simulation::asked_for_connection(const Event& event) {
    const CallRef attempt{event.subject, event.token};
    const Stage stage = connections_.stage(attempt);
    if (stage == Stage::asked) return backend_.connect(event);
    // Asked for again, or twice by a network that duplicates: the answer may have been lost.
    if (stage == Stage::accepted) connection_accepted(event.place, {attempt.id, attempt.token, {}});
}

void Simulation::ask_again(CallRef attempt, std::uint8_t times) {
    const Stage stage = connections_.stage(attempt);
    if (stage == Stage::none || stage == Stage::held) return;
    const bool is_unheard = is_unanswered(attempt);
    if (times > most_repeats && is_unheard) return end_unsent(attempt, Outcome::unavailable);
    // One that waits in the backlog has been answered; whether it will hear that it was accepted is open.
    times = std::min(times, most_repeats);
    if (is_unheard) connections_.asked_again(calls_.info(attempt.id).caller, agenda_.now());
    ask_for_connection(attempt, static_cast<std::uint8_t>(times + 1));
}

void Simulation::connected(CallRef attempt, bool is_set_up) {
    if (connections_.stage(attempt) != (is_set_up ? Stage::held : Stage::accepted)) return;
    connections_.enter(attempt, Stage::held, agenda_.now());
    const Duration setup = is_set_up ? Duration::zero() : connections_.draw_setup(calls_.info(attempt.id).caller);
    if (setup == Duration::zero()) return begin_attempt(calls_.call(attempt.id));
    agenda_.after(setup, {.kind = EventKind::connected, .detail = 1, .subject = attempt.id, .token = attempt.token});
}

void Simulation::give_back_connection(const Call& call, bool keeps) {
    const auto next = connections_.end(calls_.info(call.id()).caller, call.id(), keeps, agenda_.now());
    if (next) go_on_with(next->attempt, next->step);
}

void Simulation::connection_waits(const Visit& visit) {
    connections_.enter({visit.call, visit.token}, Stage::queued, agenda_.now());
}

void Simulation::connection_accepted(std::uint16_t instance, const Visit& visit) {
    const CallRef attempt{visit.call, visit.token};
    if (connections_.stage(attempt) == Stage::none) return;  // given up meanwhile
    connections_.enter(attempt, Stage::accepted, agenda_.now());
    const CallInfo& info = calls_.info(attempt.id);
    cross_network(endpoint_of(backend_.instances()[instance]), caller_of(info), 0, info.caller,
                  {.kind = EventKind::connected, .subject = attempt.id, .token = attempt.token});
}

void Simulation::connections_broken(std::uint16_t instance) { connections_.broken(instance); }

}  // namespace stampede::sim
