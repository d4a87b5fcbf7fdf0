#pragma once
/// What the library reports while it works. The simulator's measurements and a production team's metrics hang on these
/// hooks.

#include <array>
#include <cstdint>
#include <string_view>

#include "policies/core/outcome.hpp"
#include "policies/core/time.hpp"

namespace stampede {

/// Names one call to its driver: `id` is the driver's own and stays; `token` changes with everything that the call
/// waits for (see Call::token), so an observer goes by the id. What happens to a branch of a call is reported under the
/// id of the call; attempts are numbered over all its branches, and several may be under way at once. Ids are
/// small: a driver gives the id of a call that has finished to a new one before it takes a larger one.
struct CallRef {
    std::uint32_t id = 0;
    std::uint32_t token = 0;
    friend constexpr bool operator==(CallRef, CallRef) = default;
};

enum class BreakerState : std::uint8_t { closed, open, half_open };

[[nodiscard]] constexpr std::string_view to_string(BreakerState state) noexcept {
    switch (state) {
        case BreakerState::closed:
            return "closed";
        case BreakerState::open:
            return "open";
        case BreakerState::half_open:
            return "half_open";
    }
    return "?";
}

/// Why a breaker moved.
enum class BreakerReason : std::uint8_t {
    consecutive_failures,  ///< closed → open: that many failures in a row
    failure_rate,          ///< closed → open: the window's share of failures reached its limit
    open_time_over,        ///< open → half-open
    trial_failed,          ///< half-open → open
    trials_succeeded,      ///< half-open → closed
    failure_count,         ///< closed → open: so many failures in the window
    slow_rate,             ///< closed → open: the window's share of slow outcomes reached its limit
    half_open_time_over,   ///< half-open → open or closed: no decision in the time allowed
    forced,                ///< any → open or closed: its settings say so
};

/// Every reason, in the order of the enumeration. Results of calls let through earlier may bring the reasons for
/// closed → open about in the half-open state too, where a breaker counts them.
inline constexpr std::array breaker_reasons{BreakerReason::consecutive_failures,
                                            BreakerReason::failure_rate,
                                            BreakerReason::open_time_over,
                                            BreakerReason::trial_failed,
                                            BreakerReason::trials_succeeded,
                                            BreakerReason::failure_count,
                                            BreakerReason::slow_rate,
                                            BreakerReason::half_open_time_over,
                                            BreakerReason::forced};

[[nodiscard]] constexpr std::string_view to_string(BreakerReason reason) noexcept {
    switch (reason) {
        case BreakerReason::consecutive_failures:
            return "consecutive_failures";
        case BreakerReason::failure_rate:
            return "failure_rate";
        case BreakerReason::open_time_over:
            return "open_time_over";
        case BreakerReason::trial_failed:
            return "trial_failed";
        case BreakerReason::trials_succeeded:
            return "trials_succeeded";
        case BreakerReason::failure_count:
            return "failure_count";
        case BreakerReason::slow_rate:
            return "slow_rate";
        case BreakerReason::half_open_time_over:
            return "half_open_time_over";
        case BreakerReason::forced:
            return "forced";
    }
    return "?";
}

/// A breaker moved.
struct BreakerTransition {
    std::uint32_t breaker;  ///< the number its owner gave it
    BreakerState from;
    BreakerState to;
    BreakerReason reason;
    std::uint32_t failures;  ///< failures counted in the state that ends
};

/// The call will be tried again.
struct RetryScheduled {
    std::uint32_t retry;  ///< 1 for the first retry
    Duration delay;
    /// The delay is exactly the backoff's cap: whatever the jitter did, this client waits as long as all others that
    /// have come so far. Without jitter it is so as soon as the backoff has reached its cap.
    bool at_cap;
};

/// Stands for a layer where the caller gave the whole call up.
inline constexpr std::uint8_t cut_by_caller = 0xff;

/// What a call does besides its first try.
enum class ExtraAttempt : std::uint8_t { retry, hedge };

/// Branches of one call are numbered where they part, 1 the first, which would have been the only one without hedging.
struct BranchEnd {
    std::uint32_t branch;
    Outcome outcome;
};

/// All hooks do nothing unless overridden. They run inside a decision: they must be short and must not throw.
class Observer {
public:
    virtual ~Observer() = default;

    virtual void call_started(CallRef, Instant) {}
    /// `attempt` is 1 for the first try.
    virtual void attempt_started(CallRef, Instant, std::uint32_t /*attempt*/) {}
    virtual void attempt_settled(CallRef, Instant, std::uint32_t /*attempt*/, Outcome) {}
    /// The call no longer waits for this attempt: layer `cut_by` (0 the outermost, or `cut_by_caller`) cut it, because
    /// its timer had come or because another branch had won.
    virtual void attempt_abandoned(CallRef, Instant, std::uint32_t /*attempt*/, std::uint8_t /*cut_by*/) {}
    virtual void call_finished(CallRef, Instant, Outcome, std::uint32_t /*attempts*/) {}
    /// The caller gave it up: no `call_finished` follows.
    virtual void call_cancelled(CallRef, Instant, std::uint32_t /*attempts*/) {}

    virtual void retry_scheduled(CallRef, Instant, const RetryScheduled&) {}
    /// A budget allowed no more of them.
    virtual void budget_denied(CallRef, Instant, ExtraAttempt) {}
    /// An outcome that a breaker counts, as a failure or not; told before what it leads to.
    virtual void breaker_counted(Instant, std::uint32_t /*breaker*/, bool /*failure*/) {}
    /// The time is when it moved: earlier than what was told last where the move was due by the clock and nothing had
    /// happened to the breaker since (see Breaker).
    virtual void breaker_changed(Instant, const BreakerTransition&) {}
    /// A layer turned the call away; the outcome says which kind of layer.
    virtual void refused(CallRef, Instant, Outcome) {}
    /// `cached` is false where the fallback gave its default value.
    virtual void fallback_used(CallRef, Instant, Outcome /*instead_of*/, bool /*cached*/) {}
    /// A hedge was started: branch `number` of the call, from 2.
    virtual void hedged(CallRef, Instant, std::uint32_t /*number*/) {}
    /// The outcome of this branch is what the layer that branched passes on; the other branches are given up.
    virtual void branch_chosen(CallRef, Instant, const BranchEnd&) {}
};

}  // namespace stampede
