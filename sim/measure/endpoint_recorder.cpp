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

void EndpointRecorder::attempt_started(CallRef call, Instant now, std::uint32_t attempt) {
    recorder_.attempt_started(call, now, attempt);
    if (ClientTally* tally = measured(call.id)) ++tally->attempts;
}

void EndpointRecorder::attempt_settled(CallRef call, Instant now, std::uint32_t attempt, Outcome outcome) {
    recorder_.attempt_settled(call, now, attempt, outcome);
    if (ClientTally* tally = measured(call.id)) ++tally->settled[static_cast<std::size_t>(outcome)];
}

void EndpointRecorder::attempt_abandoned(CallRef call, Instant now, std::uint32_t attempt, std::uint8_t cut_by) {
    recorder_.attempt_abandoned(call, now, attempt, cut_by);
    ClientTally* tally = measured(call.id);
    if (tally == nullptr) return;
    const Caller& caller = callers_[calls_.info(call.id).caller];
    const bool of_itself = cut_by == cut_by_caller || caller.outside_retries(cut_by) || caller.hedges(cut_by);
    ++(of_itself ? tally->attempts_abandoned : tally->attempts_timed_out);
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
        if (call.in_flight(call.token())) ++tally->attempts_in_flight;
    });
}

}  // namespace stampede::sim
