#pragma once
/// What a Metrics has counted, as plain numbers. Counts are since the Metrics was made and never go down.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "policies/core/observer.hpp"
#include "policies/core/outcome.hpp"
#include "policies/core/time.hpp"

namespace stampede {

/// How many durations fell where: up to each bound, and above the last one.
struct DurationHistogram {
    /// Upper bounds, inclusive: 1, 2, 5 in every decade from 100 µs to 100 s.
    static constexpr std::array<Duration, 19> bounds = [] {
        std::array<Duration, 19> all{};
        std::int64_t decade = 100'000;
        for (std::size_t i = 0; i < all.size(); decade *= 10)
            for (const int digit : {1, 2, 5})
                if (i < all.size()) all[i++] = Duration{digit * decade};
        return all;
    }();
    static constexpr std::size_t buckets = bounds.size() + 1;

    std::array<std::uint64_t, buckets> counts{};
    Duration sum{};

    /// Where a duration belongs.
    [[nodiscard]] static constexpr std::size_t bucket(Duration d) noexcept {
        std::size_t low = 0;
        for (std::size_t high = bounds.size(); low < high;) {
            const std::size_t middle = (low + high) / 2;
            if (bounds[middle] < d) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
    [[nodiscard]] std::uint64_t count() const noexcept;
    /// Nothing where nothing was counted.
    [[nodiscard]] std::optional<Duration> mean() const noexcept;
    /// The bound that at least `share` (0 to 1) of all durations do not exceed; `Duration::max()` where it is above the
    /// last bound, nothing where nothing was counted.
    [[nodiscard]] std::optional<Duration> quantile(double share) const noexcept;
};

/// Attempts and calls are told apart by number of attempts up to this many; beyond, they are counted together.
inline constexpr std::uint32_t attempts_told_apart = 10;

/// One kind of transition.
struct BreakerMove {
    BreakerState from;
    BreakerState to;
    BreakerReason reason;
    friend bool operator==(const BreakerMove&, const BreakerMove&) = default;
};

/// Every kind that there is.
inline constexpr std::array<BreakerMove, 18> breaker_moves{{
    {BreakerState::closed, BreakerState::open, BreakerReason::consecutive_failures},
    {BreakerState::closed, BreakerState::open, BreakerReason::failure_rate},
    {BreakerState::open, BreakerState::half_open, BreakerReason::open_time_over},
    {BreakerState::half_open, BreakerState::open, BreakerReason::trial_failed},
    {BreakerState::half_open, BreakerState::closed, BreakerReason::trials_succeeded},
    {BreakerState::closed, BreakerState::open, BreakerReason::failure_count},
    {BreakerState::closed, BreakerState::open, BreakerReason::slow_rate},
    {BreakerState::closed, BreakerState::open, BreakerReason::trial_failed},
    {BreakerState::closed, BreakerState::open, BreakerReason::forced},
    {BreakerState::open, BreakerState::closed, BreakerReason::forced},
    {BreakerState::half_open, BreakerState::open, BreakerReason::consecutive_failures},
    {BreakerState::half_open, BreakerState::open, BreakerReason::failure_rate},
    {BreakerState::half_open, BreakerState::open, BreakerReason::failure_count},
    {BreakerState::half_open, BreakerState::open, BreakerReason::slow_rate},
    {BreakerState::half_open, BreakerState::open, BreakerReason::half_open_time_over},
    {BreakerState::half_open, BreakerState::closed, BreakerReason::half_open_time_over},
    {BreakerState::half_open, BreakerState::open, BreakerReason::forced},
    {BreakerState::half_open, BreakerState::closed, BreakerReason::forced},
}};

/// What one breaker did.
struct BreakerSnapshot {
    std::uint32_t number = 0;  ///< as the observer knows it
    BreakerState state = BreakerState::closed;
    std::array<std::uint64_t, breaker_moves.size()> transitions{};  ///< by place in `breaker_moves`
    std::uint64_t successes = 0;        ///< outcomes that it counted as successes, trials included
    std::uint64_t failures = 0;         ///< outcomes that it counted as failures, trials included
    std::uint32_t recent = 0;           ///< the last outcomes that it counted: so many, at most 100,
    std::uint32_t recent_failures = 0;  ///< and so many of them failures
    /// From closed → open until the next half-open → closed, however often it opened again in between.
    DurationHistogram recovery{};

    /// Of the last outcomes that it counted, at most 100; nothing where it has not counted any. Unlike the breaker's
    /// own window, which it empties whenever it moves, this one goes on.
    [[nodiscard]] std::optional<double> failure_rate() const noexcept {
        if (recent == 0) return std::nullopt;
        return static_cast<double>(recent_failures) / static_cast<double>(recent);
    }
};

template <class T>
using ByOutcome = std::array<T, outcome_count>;

/// Each number is exact by itself. Where calls are running meanwhile, an event may be in one number and not yet in
/// another.
struct Snapshot {
    std::uint64_t calls_started = 0;
    ByOutcome<std::uint64_t> calls{};   ///< finished, by outcome
    std::uint64_t calls_cancelled = 0;  ///< given up by the caller: these do not finish
    DurationHistogram latency{};        ///< of calls, from start to finish, back-offs and waits included
    /// Finished calls that made 0, 1, 2, … attempts; the last place is for more than `attempts_told_apart`.
    std::array<std::uint64_t, attempts_told_apart + 2> calls_by_attempts{};
    std::uint64_t attempts_of_calls = 0;  ///< of all finished calls together

    std::uint64_t attempts_started = 0;
    std::uint64_t attempts_abandoned = 0;  ///< nobody waits for them any more: cut by a timeout, or beaten by a hedge
    /// Settled, by number (place 0 for first attempts; the last place for those above `attempts_told_apart`), by
    /// outcome.
    std::array<ByOutcome<std::uint64_t>, attempts_told_apart + 1> attempts{};

    std::uint64_t retries = 0;
    std::uint64_t retries_at_cap = 0;  ///< with exactly the backoff's cap as delay: these come back together
    Duration backoff{};                ///< sum of the delays before retries; one that a timeout cut counts in full

    ByOutcome<std::uint64_t> refusals{};      ///< by the outcome that the layer which refused gave
    std::uint64_t budget_denied = 0;          ///< retries and hedges that a budget did not allow
    std::uint64_t hedges = 0;                 ///< tries started beside the first one
    ByOutcome<std::uint64_t> first_chosen{};  ///< calls through a hedge whose first try decided, by its outcome
    ByOutcome<std::uint64_t> hedge_chosen{};  ///< and those where a hedge did

    std::uint64_t fallbacks_default = 0;
    std::uint64_t fallbacks_cached = 0;

    std::vector<BreakerSnapshot> breakers;  ///< those that have counted or moved, by number
    std::uint64_t of_unknown_breakers = 0;  ///< outcomes and moves of breakers with too high a number, not told apart

    [[nodiscard]] std::uint64_t calls_finished() const noexcept;
    [[nodiscard]] std::uint64_t attempts_settled() const noexcept;
};

}  // namespace stampede
