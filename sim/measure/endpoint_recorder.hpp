#pragma once
/// Counts what becomes of calls by the endpoint that they go to, and passes all on to the recorder of the run.

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

    void call_started(CallRef call, Instant now) override;
    void attempt_started(CallRef call, Instant now, std::uint32_t attempt) override;
    void attempt_settled(CallRef call, Instant now, std::uint32_t attempt, Outcome outcome) override;
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

    Recorder& recorder_;
    const EndpointChoices& choices_;
    const std::vector<Caller>& callers_;
    const CallPool& calls_;
    std::vector<ClientTally> tallies_;
};

}  // namespace stampede::sim
