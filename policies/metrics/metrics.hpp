#pragma once
/// Counts what happens in one driver, for dashboards and alarms.
///
///     Metrics metrics;
///     BlockingExecutor executor{{.observer = &metrics}};
///     …
///     std::string page = exposition(metrics.snapshot());   // what Prometheus scrapes; see exposition.hpp

#include <vector>

#include "policies/breaker/bit_window.hpp"
#include "policies/core/observer.hpp"
#include "policies/metrics/counter.hpp"
#include "policies/metrics/snapshot.hpp"

namespace stampede {

/// An observer of exactly one driver: it goes by the ids that the driver gives its calls, and relies on the driver to
/// call its hooks one at a time, as every driver does. `snapshot` may be called from any thread at any time; it takes
/// no lock and holds nobody up. The hooks allocate only when more calls are under way at once than ever before; a
/// call with one attempt costs about 10 ns. A class that overrides a hook calls the one here.
class Metrics : public Observer {
public:
    /// Breakers are told apart by numbers below `breakers`; what those with higher numbers do is only counted together.
    explicit Metrics(std::uint32_t breakers = 16);

    [[nodiscard]] Snapshot snapshot() const;

    void call_started(CallRef, Instant) override;
    void attempt_started(CallRef, Instant, std::uint32_t attempt) override;
    void attempt_settled(CallRef, Instant, std::uint32_t attempt, Outcome) override;
    void attempt_abandoned(CallRef, Instant, std::uint32_t attempt, std::uint8_t cut_by) override;
    void call_finished(CallRef, Instant, Outcome, std::uint32_t attempts) override;
    void call_cancelled(CallRef, Instant, std::uint32_t attempts) override;
    void retry_scheduled(CallRef, Instant, const RetryScheduled&) override;
    void breaker_counted(Instant, std::uint32_t breaker, bool failure) override;
    void breaker_changed(Instant, const BreakerTransition&) override;
    void refused(CallRef, Instant, Outcome) override;
    void fallback_used(CallRef, Instant, Outcome instead_of, bool cached) override;
    void budget_denied(CallRef, Instant, ExtraAttempt) override;
    void hedged(CallRef, Instant, std::uint32_t number) override;
    void branch_chosen(CallRef, Instant, const BranchEnd&) override;

private:
    /// The window and the time are the writer's own; readers see the counters.
    struct BreakerCounters {
        Counter state;
        std::array<Counter, breaker_moves.size()> transitions;
        Counter successes;
        Counter failures;
        Counter recent;  ///< outcomes in the window, and the failures among them in the upper half
        DurationCounter recovery;
        BitWindow window{100};
        Instant opened{};
    };
    [[nodiscard]] BreakerCounters* breaker(std::uint32_t number) noexcept;

    Counter calls_started_;
    std::array<Counter, outcome_count> calls_;
    Counter calls_cancelled_;
    DurationCounter latency_;
    std::array<Counter, attempts_told_apart + 2> calls_by_attempts_;
    Counter attempts_of_calls_;
    Counter attempts_started_;
    Counter attempts_abandoned_;
    std::array<std::array<Counter, outcome_count>, attempts_told_apart + 1> attempts_;
    Counter retries_;
    Counter retries_at_cap_;
    Counter backoff_;
    std::array<Counter, outcome_count> refusals_;
    Counter budget_denied_;
    Counter hedges_;
    std::array<std::array<Counter, outcome_count>, 2> chosen_;  ///< first try, hedge
    std::array<Counter, 2> fallbacks_;                          ///< default, cached
    std::vector<BreakerCounters> breakers_;
    Counter of_unknown_breakers_;
    std::vector<Instant> started_;  ///< by call id; the writer's own
};

}  // namespace stampede
