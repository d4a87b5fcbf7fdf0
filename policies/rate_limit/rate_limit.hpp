#pragma once
/// Rate limiter: its settings and its layer.

#include <cstdint>
#include <variant>

#include "policies/core/dialect.hpp"
#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"
#include "policies/rate_limit/refills.hpp"
#include "policies/rate_limit/sliding_window.hpp"
#include "policies/rate_limit/spacing.hpp"

namespace stampede {

struct TokenBucketSettings {
    Rate rate{100};
    std::uint32_t burst = 10;
    Duration refill_every{};

    static constexpr std::string_view name = "token_bucket";
    static constexpr std::string_view doc =
        "each call takes a token; tokens come at a rate, up to so many are kept; it is full at the start";
    static constexpr auto fields() {
        return std::tuple{
            field("rate", &TokenBucketSettings::rate, "tokens that come").required().from(1e-5).up_to(1e9),
            field("burst", &TokenBucketSettings::burst, "tokens that are kept: calls that may come at once")
                .from(1)
                .up_to(1'000'000'000),
            field("refill_every", &TokenBucketSettings::refill_every,
                  "tokens come all together at whole multiples of this time; 0 for one by one")
                .from(0)
                .up_to(86'400)};
    }
    void check(Problems& problems) const;
};

struct FixedCycleSettings {
    std::uint32_t limit = 50;
    Duration period = std::chrono::seconds{1};

    static constexpr std::string_view name = "fixed_cycle";
    static constexpr std::string_view doc =
        "so many calls in each cycle of time; a call that waits has a place in a later cycle";
    static constexpr auto fields() {
        return std::tuple{
            field("limit", &FixedCycleSettings::limit, "calls in a cycle").from(1).up_to(1'000'000'000),
            field("period", &FixedCycleSettings::period,
                  "length of a cycle; cycles begin at whole multiples of it, at the same time for all clients")
                .above(0)
                .up_to(86'400)};
    }
};

struct SmoothSettings {
    Rate rate{100};
    bool aligned = false;

    static constexpr std::string_view name = "smooth";
    static constexpr std::string_view doc = "one call at a time, evenly spaced; the first need not wait";
    static constexpr auto fields() {
        return std::tuple{field("rate", &SmoothSettings::rate, "calls").required().from(1e-5).up_to(1e9),
                          field("aligned", &SmoothSettings::aligned,
                                "one call in each interval that begins at a whole multiple of 1/rate, instead of an "
                                "interval between one call and the next")};
    }
};

struct SlidingWindowSettings {
    std::uint32_t limit = 100;
    Duration window = std::chrono::seconds{1};
    std::uint32_t segments = 10;

    static constexpr std::string_view name = "sliding_window";
    static constexpr std::string_view doc = "so many calls in any window of time, counted by segments of it";
    static constexpr auto fields() {
        return std::tuple{
            field("limit", &SlidingWindowSettings::limit, "calls in a window").from(1).up_to(1'000'000'000),
            field("window", &SlidingWindowSettings::window, "length of the window").above(0).up_to(86'400),
            field("segments", &SlidingWindowSettings::segments, "segments of the window; it moves on by one of them")
                .from(1)
                .up_to(1'000)};
    }
    void check(Problems& problems) const;
};

using RateLimitStrategy = std::variant<TokenBucketSettings, FixedCycleSettings, SmoothSettings, SlidingWindowSettings>;

struct RateLimitSettings {
    Scope scope = Scope::client;
    RateLimitStrategy strategy = FixedCycleSettings{};
    Duration max_wait{};
    bool refuse_late = false;

    static constexpr std::string_view name = "rate_limit";
    static constexpr std::string_view doc = "Bounds how many calls are made in a time; a call may wait for its turn.";
    static constexpr auto fields() {
        return std::tuple{
            field("scope", &RateLimitSettings::scope, "who shares one limiter"),
            field("strategy", &RateLimitSettings::strategy, "how calls are counted"),
            field("max_wait", &RateLimitSettings::max_wait,
                  "longest wait for a turn; a call that would wait longer, or beyond its deadline, is refused")
                .from(0)
                .up_to(86'400),
            field("refuse_late", &RateLimitSettings::refuse_late,
                  "a call that is refused is told so only when its longest wait is over")};
    }

    static constexpr std::array dialects{Dialect::resilience4j, Dialect::failsafe};
    /// The library's defaults; of a dialect that is not in the list, ours.
    static RateLimitSettings of(Dialect dialect);
};

/// Calls that find no turn in time are refused with Outcome::rate_limited. A call that waits holds its turn: the next
/// ones queue up behind it, and a turn whose call is given up meanwhile is lost.
/// Frame: `narrow` 1 where the call waits only to be refused.
///
/// The settings must outlive the limiter. Nothing is allocated but, once, the segments of a sliding window.
class RateLimit final : public Layer {
public:
    explicit RateLimit(const RateLimitSettings& settings);

    Entry enter(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome outcome) override { return Exit::pass(outcome); }
    Verdict timer(Context&, Frame&) override;

private:
    const RateLimitSettings* settings_;
    std::variant<Refills, Spacing, SlidingWindow> turns_;
};

}  // namespace stampede
