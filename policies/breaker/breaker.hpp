#pragma once
/// Circuit breaker: its settings and its layer.

#include <atomic>
#include <cstdint>
#include <optional>

#include "policies/breaker/bit_window.hpp"
#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

/// The last `count` outcomes that count.
struct BreakerWindow {
    std::uint32_t count = 100;

    static constexpr std::string_view doc = "the outcomes that a failure rate is taken over";
    static constexpr auto fields() {
        return std::tuple{
            field("count", &BreakerWindow::count, "how many of the last outcomes").from(1).up_to(100'000)};
    }
};

/// Default: 3 trial calls.
struct HalfOpenSettings {
    std::uint32_t calls = 3;

    static constexpr std::string_view doc = "how an open breaker finds out whether the service is back";
    static constexpr auto fields() {
        return std::tuple{field("calls", &HalfOpenSettings::calls,
                                "trial calls let through; all must succeed to close, one failure opens again; "
                                "further calls are refused")
                              .from(1)
                              .up_to(10'000)};
    }
};

/// Opens on consecutive failures, on the failure rate of a window, or on whichever comes first where both are given.
/// With neither it opens on 5 consecutive failures.
struct BreakerSettings {
    Scope scope = Scope::client;
    std::optional<std::uint32_t> failure_threshold{};
    std::optional<BreakerWindow> window{};
    Share failure_rate = 0.5;
    std::uint32_t minimum_calls = 20;
    Duration open_for = std::chrono::seconds{60};
    HalfOpenSettings half_open{};
    OutcomeSet on = service_failures;
    OutcomeSet ignore = OutcomeSet{Outcome::client_error} | refusals;

    static constexpr std::string_view name = "breaker";
    static constexpr std::string_view doc =
        "Circuit breaker: stops calling a service that keeps failing, and tries it again later.";
    static constexpr auto fields() {
        return std::tuple{
            field("scope", &BreakerSettings::scope, "who shares one breaker"),
            field("failure_threshold", &BreakerSettings::failure_threshold,
                  "consecutive failures that open it; 5 where there is no window either")
                .from(1)
                .up_to(100'000),
            field("window", &BreakerSettings::window, "opens on a failure rate over this window"),
            field("failure_rate", &BreakerSettings::failure_rate,
                  "share of failures in the window that opens it (at least)")
                .above(0),
            field("minimum_calls", &BreakerSettings::minimum_calls,
                  "outcomes that must be in the window before the rate means anything")
                .from(1)
                .up_to(100'000),
            field("open_for", &BreakerSettings::open_for, "time it stays open before trial calls")
                .above(0)
                .up_to(86'400),
            field("half_open", &BreakerSettings::half_open, "trial calls"),
            field("on", &BreakerSettings::on, "outcomes that count as failures"),
            field("ignore", &BreakerSettings::ignore, "outcomes that count as neither failure nor success")};
    }
    void check(Problems& problems) const;
};

/// closed     every call goes through; outcomes are counted.
/// open       every call is refused with Outcome::breaker_open until `open_for` has passed; the first call after that
///            makes it half-open (a breaker has no timer of its own).
/// half_open  `half_open.calls` trial calls go through, the others are refused. All succeeded: closed, with nothing
///            counted. The first one that fails: open. A trial that is cancelled or whose outcome is ignored gives its
///            permit back. A trial that never ends keeps its permit: put a timeout below the breaker.
///
/// Each stay in a state is an era. A call that was let through in an earlier era counts for nothing when it comes back.
/// Frame: `wide` the era in which the call was let through.
///
/// The settings must outlive the breaker. About 80 bytes, and window.count / 8 more where there is a window.
class Breaker final : public Layer {
public:
    /// `number` is what the observer will know it by.
    Breaker(const BreakerSettings& settings, std::uint32_t number);

    Entry enter(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome) override;
    void cancel(Context&, Frame&) override;
    [[nodiscard]] bool enter_unchanged(Frame&, Duration&) const noexcept override;
    [[nodiscard]] bool leave_unchanged(const Frame&, Outcome) const noexcept override;

    /// Goes on under other settings, which take the place of those that had to outlive it. State, consecutive failures
    /// and the time that it has been open stay; a window of another size keeps the newest outcomes that fit. Where the
    /// number of trial calls changes while half-open, trials start anew and those under way count for nothing.
    void change(const BreakerSettings& to);

    /// As of the last call that passed: an open breaker stays `open` here until a call comes after `open_for`.
    [[nodiscard]] BreakerState state() const noexcept { return state_; }

private:
    [[nodiscard]] bool is_current(const Frame& frame) const noexcept { return frame.wide == era_; }
    void count(Context&, bool failure);
    void count_trial(Context&, bool failure);
    void note_calm() noexcept;
    void move(Context&, BreakerState, BreakerReason, std::uint32_t failures);

    static constexpr std::int64_t not_calm = -1;

    const BreakerSettings* settings_;
    Instant opened_at_{};
    std::int64_t era_ = 0;
    BitWindow window_;
    std::uint32_t number_;
    std::uint32_t threshold_;        ///< consecutive failures that open; 0 for none
    std::uint32_t consecutive_ = 0;  ///< failures in a row, while closed
    std::uint32_t trials_ = 0;       ///< permits taken, while half-open
    std::uint32_t trial_successes_ = 0;
    BreakerState state_ = BreakerState::closed;
    std::atomic<std::int64_t> calm_era_ = not_calm;  ///< the era, while a success would change nothing
};

}  // namespace stampede
