#include "sim/measure/endpoint_recorder.hpp"

namespace stampede::sim {

ClientTally* EndpointRecorder::measured(std::uint32_t call) noexcept {
    const CallInfo& info = calls_.info(call);
    return info.measured && choices_.concern(info.caller) ? &tallies_[choices_.place(call)] : nullptr;
}

void EndpointRecorder::call_started(CallRef call, Instant now) {
    recorder_.call_started(call, now);
    if (ClientTally* tally = measured(call.id)) ++tally->requests;
}

void EndpointRecorder::sent(const Call& call) noexcept {
    if (ClientTally* tally = of_attempt(call)) ++tally->attempts;
}

void EndpointRecorder::answered(const Call& call, Outcome outcome) noexcept {
    if (ClientTally* tally = of_attempt(call)) ++tally->settled[static_cast<std::size_t>(outcome)];
}

void EndpointRecorder::abandoned(const Call& call) noexcept {
    ClientTally* tally = of_attempt(call);
    if (tally != nullptr) ++(was_cut_by_itself_ ? tally->attempts_abandoned : tally->attempts_timed_out);
}

void EndpointRecorder::attempt_abandoned(CallRef call, Instant now, std::uint32_t attempt, std::uint8_t cut_by) {
    recorder_.attempt_abandoned(call, now, attempt, cut_by);
    const Caller& caller = callers_[calls_.info(call.id).caller];
    was_cut_by_itself_ = cut_by == cut_by_caller || caller.outside_retries(cut_by) || caller.hedges(cut_by);
}

void EndpointRecorder::call_finished(CallRef call, Instant now, Outcome outcome, std::uint32_t attempts) {
    recorder_.call_finished(call, now, outcome, attempts);
    ClientTally* tally = measured(call.id);
    if (tally == nullptr) return;
    ++tally->ended[static_cast<std::size_t>(outcome)];
    if (outcome == Outcome::success) tally->latency.add(now - calls_.call(call.id).facts().begun);
}

void EndpointRecorder::call_cancelled(CallRef call, Instant now, std::uint32_t attempts) {
    recorder_.call_cancelled(call, now, attempts);
    if (ClientTally* tally = measured(call.id)) ++tally->cancelled;
}

void EndpointRecorder::finish() {
    calls_.for_each_running([&](const Call& call, const CallInfo&) {
        ClientTally* tally = measured(call.root());
        if (tally == nullptr) return;
        if (!call.is_branch()) ++tally->running;
        if (call.in_flight(call.token()) && of_attempt(call) != nullptr) ++tally->attempts_in_flight;
    });
}

}  // namespace stampede::sim
