#pragma once
/// How a call, or one attempt of it, ended. Policies classify by this and by nothing else.

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace stampede {

/// All that policies know of how something ended.
enum class Outcome : std::uint8_t {
    success,         ///< the service answered
    fallback,        ///< a fallback layer answered in its place
    transient,       ///< the service answered with an error that may pass (5xx)
    overload,        ///< the service turned the call away because it is full (429, 503)
    unavailable,     ///< nothing accepts the connection
    client_error,    ///< the call itself is wrong (4xx): trying again cannot help
    timeout,         ///< no answer in the time allowed
    breaker_open,    ///< refused locally by a circuit breaker
    bulkhead_full,   ///< refused locally by a bulkhead
    reset,           ///< the connection broke after the call was sent
    rate_limited,    ///< refused locally by a rate limiter
    throttled,       ///< refused locally by adaptive throttling
    limit_reached,   ///< refused locally by an adaptive concurrency limit
    shed,            ///< refused locally because calls of higher priority need the place
    pool_exhausted,  ///< no connection of the caller's pool became free in time
};

inline constexpr std::size_t outcome_count = 15;

/// What an outcome is called in files, reports and metrics.
struct OutcomeName {
    Outcome outcome;
    std::string_view name;
    std::string_view meaning;
};

/// Every outcome, in the order of the enumeration.
inline constexpr std::array<OutcomeName, outcome_count> outcome_names{{
    {Outcome::success, "success", "the service answered"},
    {Outcome::fallback, "fallback", "a fallback answered in its place"},
    {Outcome::transient, "transient", "the service answered with an error that may pass (5xx)"},
    {Outcome::overload, "overload", "the service turned the call away because it is full (429, 503)"},
    {Outcome::unavailable, "unavailable", "nothing accepts the connection"},
    {Outcome::client_error, "client_error", "the call itself is wrong (4xx)"},
    {Outcome::timeout, "timeout", "no answer in the time allowed"},
    {Outcome::breaker_open, "breaker_open", "refused locally by a circuit breaker"},
    {Outcome::bulkhead_full, "bulkhead_full", "refused locally by a bulkhead"},
    {Outcome::reset, "reset", "the connection broke after the call was sent"},
    {Outcome::rate_limited, "rate_limited", "refused locally by a rate limiter"},
    {Outcome::throttled, "throttled", "refused locally by adaptive throttling"},
    {Outcome::limit_reached, "limit_reached", "refused locally by an adaptive concurrency limit"},
    {Outcome::shed, "shed", "refused locally because calls of higher priority need the place"},
    {Outcome::pool_exhausted, "pool_exhausted", "no connection of the caller's pool became free in time"},
}};

[[nodiscard]] constexpr std::string_view to_string(Outcome outcome) noexcept {
    return outcome_names[static_cast<std::size_t>(outcome)].name;
}

/// A set of outcomes: what a retry tries again, what a breaker counts.
class OutcomeSet {
public:
    constexpr OutcomeSet() = default;
    constexpr OutcomeSet(std::initializer_list<Outcome> outcomes) {
        for (Outcome outcome : outcomes) insert(outcome);
    }

    /// Everything in either.
    friend constexpr OutcomeSet operator|(OutcomeSet a, OutcomeSet b) noexcept {
        a.bits_ |= b.bits_;
        return a;
    }

    constexpr void insert(Outcome outcome) noexcept { bits_ |= bit(outcome); }
    [[nodiscard]] constexpr bool contains(Outcome outcome) const noexcept { return (bits_ & bit(outcome)) != 0; }
    [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
    friend constexpr bool operator==(OutcomeSet, OutcomeSet) = default;

private:
    static constexpr std::uint32_t bit(Outcome outcome) noexcept { return 1U << static_cast<unsigned>(outcome); }
    std::uint32_t bits_ = 0;
};

/// A value came back: the service's own or a fallback's.
[[nodiscard]] constexpr bool is_answer(Outcome outcome) noexcept {
    return outcome == Outcome::success || outcome == Outcome::fallback;
}

/// What the client itself turned away: its policies, or its pool of connections. The service never saw it.
inline constexpr OutcomeSet refusals{Outcome::breaker_open,  Outcome::bulkhead_full, Outcome::rate_limited,
                                     Outcome::throttled,     Outcome::limit_reached, Outcome::shed,
                                     Outcome::pool_exhausted};

[[nodiscard]] constexpr bool is_refusal(Outcome outcome) noexcept { return refusals.contains(outcome); }

/// What the service, or its silence, is to blame for: the default of what is counted and tried again.
inline constexpr OutcomeSet service_failures{Outcome::transient, Outcome::overload, Outcome::unavailable,
                                             Outcome::timeout, Outcome::reset};

}  // namespace stampede
