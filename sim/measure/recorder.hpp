#pragma once
/// Listens to the policies and to the services while a run goes on, and counts.

#include <cstdint>
#include <vector>

#include "policies/core/observer.hpp"
#include "sim/clients/call_pool.hpp"
#include "sim/clients/caller.hpp"
#include "sim/measure/tally.hpp"
#include "sim/measure/tracer.hpp"
#include "sim/services/instance.hpp"
#include "sim/services/service.hpp"

namespace stampede::sim {

class Recorder final : public Observer {
public:
    Recorder(const scenarios::RunSettings& run, const std::vector<Caller>& callers,
             const std::vector<Service>& services, const std::vector<Instance>& instances,
             const BreakerRegistry& breakers, const CallPool& calls);

    /// When `roll` must be called next. Nothing may be recorded for a later time before that.
    [[nodiscard]] Instant boundary() const noexcept { return boundary_; }
    /// Closes the bins and seconds that end at or before `now`.
    void roll(Instant now);
    /// Closes all that is open and counts what is still under way.
    void finish(Instant end);

    // Policies (Observer).
    void call_started(CallRef, Instant) override;
    void attempt_started(CallRef, Instant, std::uint32_t attempt) override;
    void attempt_settled(CallRef, Instant, std::uint32_t attempt, Outcome) override;
    void attempt_abandoned(CallRef, Instant, std::uint32_t attempt, std::uint8_t cut_by) override;
    void call_finished(CallRef, Instant, Outcome, std::uint32_t attempts) override;
    void retry_scheduled(CallRef, Instant, const RetryScheduled&) override;
    void breaker_changed(Instant, const BreakerTransition&) override;
    void call_cancelled(CallRef, Instant, std::uint32_t attempts) override;
    void refused(CallRef, Instant, Outcome) override;
    void fallback_used(CallRef, Instant, Outcome instead_of, bool cached) override;
    void budget_denied(CallRef, Instant, ExtraAttempt) override;
    void hedged(CallRef, Instant, std::uint32_t number) override;
    void branch_chosen(CallRef, Instant, const BranchEnd&) override;

    // The clients.
    /// The request will be cancelled, because its client has gone away.
    void request_lost(std::uint32_t call) noexcept;
    /// The request will be cancelled, because nobody wants to wait for it any longer.
    void request_given_up(std::uint32_t call) noexcept;
    /// The request, which has not started yet, is a reload.
    void reloaded(std::uint32_t call) noexcept;
    /// No reload follows the call.
    void visit_ended(std::uint32_t call, bool success) noexcept;

    // The network and the services.
    /// `call` is the place of the call that asked; it may have ended, and another of the same caller be there now.
    void answer_came_late(std::uint32_t call, Instant now) noexcept;
    /// Likewise, of an answer to an attempt that has had one, because a message was doubled.
    void answer_came_again(std::uint32_t call, Instant now) noexcept;
    /// `attempt` was sent to the service.
    void service_called(std::size_t service, Instant now, std::uint32_t attempt) noexcept;
    void service_started(std::size_t service, Instant now, Duration waited);
    void service_shed(std::size_t service, Instant now) noexcept;
    void service_crashed(std::size_t service, Instant now) noexcept;
    /// It has so many workers from now on.
    void service_scaled(std::size_t service, Instant now, std::uint32_t workers);
    /// Workers that are busy at all instances, as of the last change.
    [[nodiscard]] std::uint32_t busy(std::size_t service) const noexcept { return service_states_[service].load.busy; }
    void service_done(std::size_t service, Instant now, Duration served, bool wasted);
    /// To be called after every change of how many are busy or queued at an instance.
    void service_changed(std::size_t instance, Instant now);

    /// By caller: the populations first.
    [[nodiscard]] const std::vector<ClientTally>& clients() const noexcept { return clients_; }
    [[nodiscard]] const std::vector<ServiceTally>& services() const noexcept { return service_tallies_; }
    /// In the order of time.
    [[nodiscard]] const std::vector<BreakerRecord>& breakers() const noexcept { return breaker_records_; }
    /// All attempts, those of the warm-up too.
    [[nodiscard]] std::uint64_t attempts() const noexcept { return attempts_; }
    [[nodiscard]] const Tracer& tracer() const noexcept { return tracer_; }

private:
    struct Load {
        std::uint32_t busy = 0;
        std::uint32_t queued = 0;
    };
    struct ServiceState {
        Instant since{};      ///< nothing has changed since then, or since the end of the warm-up
        Instant bin_since{};  ///< nor since then, or since the beginning of the bin
        Load load;            ///< of all its instances
        std::uint32_t workers = 0;
        bool scaled = false;  ///< the number of workers has changed
        std::uint64_t this_second = 0;
        ServiceBin bin;
    };

    [[nodiscard]] ClientTally* measured(CallRef call) noexcept;
    [[nodiscard]] bool measuring(Instant now) const noexcept { return now >= warmup_end_; }
    /// Adds to the open bin what the workers did until `now`.
    static void fill_bin(ServiceState& state, Instant now) noexcept;
    void pass_time(std::size_t service, Instant now);
    void close_bin();
    void close_second();

    const std::vector<Caller>& callers_;
    const std::vector<Instance>& instances_;
    const BreakerRegistry& breaker_registry_;
    const CallPool& calls_;
    Instant warmup_end_;
    Duration bin_width_;
    Instant bin_end_;
    Instant second_end_;
    Instant boundary_;

    std::vector<ClientTally> clients_;
    std::vector<ClientBin> client_bins_;  ///< the open bin of each caller
    std::vector<ServiceTally> service_tallies_;
    std::vector<ServiceState> service_states_;
    std::vector<Load> loads_;  ///< of each instance, as it was last seen
    std::vector<BreakerRecord> breaker_records_;
    Tracer tracer_;
    std::uint64_t attempts_ = 0;
};

}  // namespace stampede::sim
