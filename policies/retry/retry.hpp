#pragma once
/// Retry: its settings and its layer.

#include <array>
#include <memory>
#include <optional>

#include "policies/backoff/backoff.hpp"
#include "policies/budget/budget.hpp"
#include "policies/core/dialect.hpp"
#include "policies/core/layer.hpp"
#include "policies/jitter/jitter.hpp"
#include "policies/retry/pushback.hpp"

namespace stampede {

/// Whether a jitter can reach beyond the backoff's cap, or is lost at it.
enum class CapPlace : std::uint8_t { before_jitter, after_jitter };

[[nodiscard]] constexpr auto choices(CapPlace) {
    return std::array{
        Choice<CapPlace>{CapPlace::before_jitter, "before_jitter", "the capped delay is spread"},
        Choice<CapPlace>{CapPlace::after_jitter, "after_jitter",
                         "the spread delay is capped: late retries all wait exactly the cap"},
    };
}

/// A retry that could not begin before a time that nothing should outlast.
enum class TooLate : std::uint8_t { ignore, give_up, shorten };

[[nodiscard]] constexpr auto choices(TooLate) {
    return std::array{
        Choice<TooLate>{TooLate::ignore, "ignore", "is made all the same"},
        Choice<TooLate>{TooLate::give_up, "give_up", "is not made: the call ends at once"},
        Choice<TooLate>{TooLate::shorten, "shorten", "is made at that very time, its delay shortened"},
    };
}

/// A call that is made for a retry of somebody further up.
enum class ForRetry : std::uint8_t { ignore, give_up };

[[nodiscard]] constexpr auto choices(ForRetry) {
    return std::array{
        Choice<ForRetry>{ForRetry::ignore, "ignore", "is tried again all the same: tries multiply from tier to tier"},
        Choice<ForRetry>{ForRetry::give_up, "give_up", "is tried once: tries add up from tier to tier"},
    };
}

/// When a budget is asked.
enum class AskBudget : std::uint8_t { before_delay, after_delay };

[[nodiscard]] constexpr auto choices(AskBudget) {
    return std::array{
        Choice<AskBudget>{AskBudget::before_delay, "before_delay", "a retry that is denied fails at once"},
        Choice<AskBudget>{AskBudget::after_delay, "after_delay", "a retry that is denied has waited for it"},
    };
}

/// Defaults: 1 s, doubling, at most 60 s, 6 attempts, ± 10 % jitter applied after the cap.
struct RetrySettings {
    std::uint32_t max_attempts = 6;
    std::uint32_t most_attempts = 1000;
    OutcomeSet on = service_failures;
    Backoff backoff = ExponentialBackoff{};
    Jitter jitter = ProportionalJitter{};
    CapPlace cap = CapPlace::before_jitter;
    PushbackRule retry_after = IgnorePushback{};
    std::optional<Duration> max_total{};
    TooLate over_total = TooLate::give_up;
    TooLate over_deadline = TooLate::ignore;
    ForRetry for_retry = ForRetry::ignore;
    std::optional<BudgetSettings> budget{};
    AskBudget ask_budget = AskBudget::before_delay;

    static constexpr std::string_view name = "retry";
    static constexpr std::string_view doc =
        "Tries again after a delay that grows by a backoff and is spread by a jitter.";
    static constexpr auto fields() {
        return std::tuple{
            field("max_attempts", &RetrySettings::max_attempts, "tries in total, the first included")
                .from(1)
                .up_to(1000),
            field("most_attempts", &RetrySettings::most_attempts,
                  "tries that are not exceeded whatever max_attempts says, as a library may have it")
                .from(1)
                .up_to(1000),
            field("on", &RetrySettings::on, "outcomes that are tried again"),
            field("backoff", &RetrySettings::backoff, "how the delay grows"),
            field("jitter", &RetrySettings::jitter, "how the delay is spread"),
            field("cap", &RetrySettings::cap, "where the backoff's largest delay is applied"),
            field("retry_after", &RetrySettings::retry_after, "what it makes of a time that the service asks for"),
            field("max_total", &RetrySettings::max_total, "time from the start of the call within which retries begin")
                .above(0)
                .up_to(86'400),
            field("over_total", &RetrySettings::over_total, "what becomes of a retry that would begin after max_total"),
            field("over_deadline", &RetrySettings::over_deadline,
                  "what becomes of a retry that would begin after the call's deadline"),
            field("for_retry", &RetrySettings::for_retry,
                  "what becomes of a call that serves a retry, where it is told so (propagate_retry of a service's "
                  "calls)"),
            field("budget", &RetrySettings::budget,
                  "bounds the retries of all calls together; where there is none, a budget layer further out does"),
            field("ask_budget", &RetrySettings::ask_budget, "when the budget is asked")};
    }
    void check(Problems& problems) const;

    static constexpr std::array dialects{
        Dialect::resilience4j, Dialect::polly,        Dialect::failsafe,     Dialect::envoy,     Dialect::istio,
        Dialect::grpc,         Dialect::aws_standard, Dialect::aws_adaptive, Dialect::cockatiel, Dialect::finagle};
    /// The library's defaults; of a dialect that is not in the list, ours.
    static RetrySettings of(Dialect dialect);
};

/// Tries again while the outcome is one of `on` and attempts are left; the last attempt's outcome goes up as it is.
/// Stateless but for the call's frame where it has no budget of its own: then one object serves every client. Keeps a
/// copy of its settings.
/// Frame: `wide` what the jitter remembers, `narrow` how far the call has come (RetryProgress).
class Retry final : public Layer {
public:
    explicit Retry(const RetrySettings& settings);

    Entry enter(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome) override;
    /// The delay is over, and a budget is to be asked or told.
    Verdict timer(Context&, Frame&) override;
    void cancel(Context&, Frame&) override;
    [[nodiscard]] bool enter_unchanged(Frame& frame, Duration&) const noexcept override {
        frame.narrow = 1;                         // an attempt, and nothing else
        return !budget_ && !settings_.max_total;  // which must know of the call, and when it began
    }
    [[nodiscard]] bool leave_unchanged(const Frame&, Outcome outcome) const noexcept override {
        return !budget_ && !settings_.on.contains(outcome);
    }

    /// Its own; null where it has none.
    [[nodiscard]] const Budget* budget() const noexcept { return budget_.get(); }

private:
    [[nodiscard]] Budget* budget_of(const Context& context) const noexcept {
        return budget_ ? budget_.get() : context.budget;
    }
    [[nodiscard]] bool may_retry(const Context&, const Frame&, Outcome) const noexcept;
    [[nodiscard]] std::optional<Duration> plan(Context&, Frame&) const;
    [[nodiscard]] Duration nominal_delay(std::uint32_t step) const;
    [[nodiscard]] Duration drawn(Context&, Frame&, std::uint32_t step) const;
    void report(Context&, const Frame&, Duration delay) const;

    // In pushback.cpp.
    [[nodiscard]] Duration pushed_back(Context&, Frame&, std::uint32_t step, Pushback told) const;
    [[nodiscard]] bool restarts() const noexcept;

    // In limits.cpp.
    [[nodiscard]] bool in_time(const Context&, Duration& delay) const;
    Exit leave_with_budget(Context&, Frame&, Outcome, Budget&);
    [[nodiscard]] bool granted(Context&, Frame&, Outcome after, Budget&) const;
    void give_back(Frame&, Budget&) const;
    void finish(const Frame&, Outcome, Budget&) const;

    RetrySettings settings_;
    bool heeds_pushback_;
    bool has_limits_;
    bool capped_last_;
    Duration base_;                      ///< the backoff's first delay
    Duration cap_;                       ///< and its largest
    Duration draw_cap_;                  ///< what the jitter is told of it
    std::array<Duration, 10> delays_{};  ///< nominal ones of the first steps: most calls need no others
    std::unique_ptr<Budget> budget_;
};

}  // namespace stampede
