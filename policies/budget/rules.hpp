#pragma once
/// What limits extra attempts (retries and hedges), each as the library does that it is known from. Pure counting:
/// nothing allocates, and an idle instance is at most some 90 bytes.

#include <array>
#include <cstdint>
#include <variant>

#include "policies/core/outcome.hpp"
#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"

namespace stampede {

/// What an extra attempt was paid for as; none where it was denied.
enum class Grant : std::uint8_t { none, usual, timeout, throttling };

/// What a budget counts besides what its rule counts for itself.
struct BudgetLoad {
    std::uint32_t inside = 0;    ///< calls under way, those that wait for a retry too
    std::uint32_t sleeping = 0;  ///< of them, those that wait for a retry
    std::uint32_t extra = 0;     ///< retries and hedges granted and not yet over
    std::uint32_t hedges = 0;    ///< of them, hedges
};

/// Envoy's retry_budget: an extra attempt is granted while those granted are fewer than a share of the attempts in
/// flight, or than a minimum. A retry counts from the moment it is scheduled, although it is not in flight before its
/// delay is over (envoy#30205).
struct ActiveRatioRule {
    Share ratio = 0.2;
    std::uint32_t minimum = 3;

    static constexpr std::string_view name = "active_ratio";
    static constexpr std::string_view doc =
        "extra attempts are fewer than a share of the attempts in flight (Envoy's retry_budget)";
    static constexpr auto fields() {
        return std::tuple{
            field("ratio", &ActiveRatioRule::ratio, "extra attempts for each attempt in flight"),
            field("minimum", &ActiveRatioRule::minimum, "so many are always granted at once").from(0).up_to(1'000'000)};
    }

    struct State {};
    [[nodiscard]] Grant ask(State&, const BudgetLoad& load, Instant now, Outcome after) const;
    [[nodiscard]] static double fill(const State&, Instant) { return 1; }
};

/// failsafe-go's budget: denied where so many extra attempts are under way that they are at least the minimum and more
/// than a share of all executions: calls, those that wait for a retry too, and once more each extra attempt.
struct InFlightRatioRule {
    Share ratio = 0.2;
    std::uint32_t minimum = 3;

    static constexpr std::string_view name = "in_flight_ratio";
    static constexpr std::string_view doc =
        "extra attempts are at most a share of the calls under way, waiting ones too (failsafe-go)";
    static constexpr auto fields() {
        return std::tuple{field("ratio", &InFlightRatioRule::ratio, "extra attempts for each execution under way"),
                          field("minimum", &InFlightRatioRule::minimum, "so many are always granted at once")
                              .from(0)
                              .up_to(1'000'000)};
    }

    struct State {};
    [[nodiscard]] Grant ask(State&, const BudgetLoad& load, Instant now, Outcome after) const;
    [[nodiscard]] static double fill(const State&, Instant) { return 1; }
};

/// Finagle's RetryBudget: every call puts in one token, every extra attempt takes out 1/ratio; both are forgotten after
/// a time. A reserve, from the start, lets a client retry that calls seldom.
struct DepositsRule {
    double ratio = 0.2;
    Rate min_per_second{10};
    Duration ttl = std::chrono::seconds{10};

    static constexpr std::string_view name = "deposits";
    static constexpr std::string_view doc =
        "calls of the last seconds pay for extra attempts, beside a reserve (Finagle's RetryBudget)";
    static constexpr auto fields() {
        return std::tuple{
            field("ratio", &DepositsRule::ratio, "extra attempts for each call").from(0).up_to(1000),
            field("min_per_second", &DepositsRule::min_per_second,
                  "extra attempts that are granted besides; all of them for the whole ttl can be taken at once")
                .up_to(1'000'000),
            field("ttl", &DepositsRule::ttl, "how long a call pays; in ten steps").from(0.01).up_to(3600)};
    }

    static constexpr std::size_t slices = 10;
    struct State {
        std::array<double, slices> slice{};  ///< deposits less withdrawals, in extra attempts
        std::int64_t newest = 0;             ///< number of the slice that time is in, since the driver's start
    };
    void begin(State&, Instant now) const;
    [[nodiscard]] Grant ask(State&, const BudgetLoad& load, Instant now, Outcome after) const;
    /// Extra attempts that can be had now.
    [[nodiscard]] double balance(State&, Instant now) const;
    [[nodiscard]] double fill(State&, Instant now) const;
    void roll(State&, Instant now) const;
};

/// gRPC's retryThrottling (A6): a failure takes out a token, a success puts in a part of one; an extra attempt is
/// granted while the bucket is more than half full. Parts are kept to three decimals, as A6 has it.
struct HalfBucketRule {
    double tokens = 10;
    double refund = 0.1;

    static constexpr std::string_view name = "half_bucket";
    static constexpr std::string_view doc =
        "failures empty a bucket, successes fill it; granted while it is over half full (gRPC's retryThrottling)";
    static constexpr auto fields() {
        return std::tuple{
            field("tokens", &HalfBucketRule::tokens, "in the bucket when full, as at the start").above(0).up_to(1000),
            field("refund", &HalfBucketRule::refund, "tokens that a success puts in; a failure takes 1")
                .from(0.001)
                .up_to(1000)};
    }

    struct State {
        std::int32_t taken = 0;  ///< out of the full bucket, in thousandths
    };
    [[nodiscard]] Grant ask(State&, const BudgetLoad& load, Instant now, Outcome after) const;
    void settled(State&, bool success) const;
    [[nodiscard]] double fill(const State& state, Instant) const {
        return 1 - static_cast<double>(state.taken) / capacity();
    }
    [[nodiscard]] std::int32_t capacity() const { return static_cast<std::int32_t>(tokens * 1000 + 0.5); }
};

/// The retry quota of the AWS SDKs' standard mode: an extra attempt costs, a success gives back what the call's last
/// retry had cost, or a little where it had none.
struct QuotaRule {
    std::uint32_t capacity = 500;
    std::uint32_t cost = 5;
    std::uint32_t timeout_cost = 10;
    std::uint32_t throttling_cost = 5;
    std::uint32_t refund = 1;

    static constexpr std::string_view name = "quota";
    static constexpr std::string_view doc =
        "extra attempts cost, successes give back (the retry quota of the AWS SDKs' standard mode)";
    static constexpr auto fields() {
        return std::tuple{
            field("capacity", &QuotaRule::capacity, "in the quota when full, as at the start").from(1).up_to(1e9),
            field("cost", &QuotaRule::cost, "of an extra attempt").from(0).up_to(1e9),
            field("timeout_cost", &QuotaRule::timeout_cost, "of one after a timeout").from(0).up_to(1e9),
            field("throttling_cost", &QuotaRule::throttling_cost, "of one after an overload").from(0).up_to(1e9),
            field("refund", &QuotaRule::refund, "what a call gives back that succeeds without a retry")
                .from(0)
                .up_to(1e9)};
    }

    struct State {
        std::uint32_t taken = 0;
    };
    [[nodiscard]] Grant ask(State&, const BudgetLoad& load, Instant now, Outcome after) const;
    void succeeded(State&, Grant last) const;
    [[nodiscard]] std::uint32_t price(Grant grant) const;
    [[nodiscard]] double fill(const State& state, Instant) const {
        return 1 - static_cast<double>(state.taken) / capacity;
    }
};

using BudgetRule = std::variant<DepositsRule, ActiveRatioRule, InFlightRatioRule, HalfBucketRule, QuotaRule>;

}  // namespace stampede
