#pragma once
/// Counts what becomes of calls by the endpoint that they go to, and passes all on to the recorder of the run.
///
/// Attempts at a stand-in are none at an endpoint. Which service an attempt goes to is known to the driver, who sees
/// the branch that makes it; the observer is told of the whole call.

#include <vector>

#include "policies/core/observer.hpp"
#include "sim/clients/endpoints.hpp"
#include "sim/measure/recorder.hpp"

namespace stampede::sim {

/// Stands between the policies and the recorder only in runs with endpoints.
class EndpointRecorder final : public Observer {
public:
    EndpointRecorder(Recorder& recorder, const EndpointChoices& choices, const std::vector<Caller>& callers,
                     const CallPool& calls)
        : recorder_(recorder), choices_(choices), callers_(callers), calls_(calls), tallies_(choices.size()) {}

    /// Counts what is still under way.
    void finish();
    /// By endpoint, in the order of the services.
    [[nodiscard]] const std::vector<ClientTally>& tallies() const noexcept { return tallies_; }

    // Told by the driver of attempts; of one that is given up, after the observer has been told.
    void sent(const Call& call) noexcept;
    void answered(const Call& call, Outcome outcome) noexcept;
    void abandoned(const Call& call) noexcept;

    void call_started(CallRef call, Instant now) override;
    void attempt_started(CallRef call, Instant now, std::uint32_t attempt) override {
        recorder_.attempt_started(call, now, attempt);
    }
    void attempt_settled(CallRef call, Instant now, std::uint32_t attempt, Outcome outcome) override {
        recorder_.attempt_settled(call, now, attempt, outcome);
    }
    void attempt_abandoned(CallRef call, Instant now, std::uint32_t attempt, std::uint8_t cut_by) override;
    void call_finished(CallRef call, Instant now, Outcome outcome, std::uint32_t attempts) override;
    void call_cancelled(CallRef call, Instant now, std::uint32_t attempts) override;
    void refused(CallRef call, Instant now, Outcome outcome) override { recorder_.refused(call, now, outcome); }
    void retry_scheduled(CallRef call, Instant now, const RetryScheduled& scheduled) override {
        recorder_.retry_scheduled(call, now, scheduled);
    }
    void budget_denied(CallRef call, Instant now, ExtraAttempt extra) override {
        recorder_.budget_denied(call, now, extra);
    }
    void breaker_counted(Instant now, std::uint32_t breaker, bool failure) override {
        recorder_.breaker_counted(now, breaker, failure);
    }
    void breaker_changed(Instant at, const BreakerTransition& transition) override {
        recorder_.breaker_changed(at, transition);
    }
    void fallback_used(CallRef call, Instant now, Outcome instead_of, bool cached) override {
        recorder_.fallback_used(call, now, instead_of, cached);
    }
    void hedged(CallRef call, Instant now, std::uint32_t number) override { recorder_.hedged(call, now, number); }
    void branch_chosen(CallRef call, Instant now, const BranchEnd& end) override {
        recorder_.branch_chosen(call, now, end);
    }

private:
    /// Of calls begun after the warm-up to a service with endpoints; null for others.
    [[nodiscard]] ClientTally* measured(std::uint32_t call) noexcept;
    /// The same, of the call's attempt.
    [[nodiscard]] ClientTally* of_attempt(const Call& call) noexcept {
        return call.facts().alternative == 0 ? measured(call.root()) : nullptr;
    }

    Recorder& recorder_;
    const EndpointChoices& choices_;
    const std::vector<Caller>& callers_;
    const CallPool& calls_;
    std::vector<ClientTally> tallies_;
    bool was_cut_by_itself_ = false;  ///< the attempt given up last: not by a timeout
};

}  // namespace stampede::sim
