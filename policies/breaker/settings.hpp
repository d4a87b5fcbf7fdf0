#pragma once
/// Circuit breaker: its settings.

#include <cstdint>
#include <optional>

#include "policies/backoff/backoff.hpp"
#include "policies/breaker/adaptive/settings.hpp"
#include "policies/breaker/half_open.hpp"
#include "policies/breaker/windows/settings.hpp"
#include "policies/core/dialect.hpp"
#include "policies/core/outcome.hpp"
#include "policies/jitter/jitter.hpp"

namespace stampede {

enum class BreakerMode : std::uint8_t { normal, forced_open, forced_closed, metrics_only };
[[nodiscard]] constexpr auto choices(BreakerMode) {
    using M = BreakerMode;
    return std::array{
        Choice<M>{M::normal, "normal", "as its settings say"},
        Choice<M>{M::forced_open, "forced_open", "refuses every call"},
        Choice<M>{M::forced_closed, "forced_closed", "lets every call through and counts nothing"},
        Choice<M>{M::metrics_only, "metrics_only", "moves and reports as it would, and lets every call through"},
    };
}

enum class Compare : std::uint8_t { at_least, above };
[[nodiscard]] constexpr auto choices(Compare) {
    return std::array{Choice<Compare>{Compare::at_least, "at_least", "a rate that is reached opens"},
                      Choice<Compare>{Compare::above, "above", "only a rate that is exceeded opens"}};
}

enum class RateOf : std::uint8_t { outcomes, calls };
[[nodiscard]] constexpr auto choices(RateOf) {
    return std::array{
        Choice<RateOf>{RateOf::outcomes, "outcomes", "of the outcomes that count"},
        Choice<RateOf>{RateOf::calls, "calls", "of the calls that came, refused and unfinished ones included"},
    };
}

enum class JudgedOn : std::uint8_t { outcome, failure };
[[nodiscard]] constexpr auto choices(JudgedOn) {
    return std::array{
        Choice<JudgedOn>{JudgedOn::outcome, "outcome", "on every outcome that counts: a success may open it"},
        Choice<JudgedOn>{JudgedOn::failure, "failure", "on failures only"},
    };
}

enum class OpenFrom : std::uint8_t { opening, last_failure };
[[nodiscard]] constexpr auto choices(OpenFrom) {
    return std::array{
        Choice<OpenFrom>{OpenFrom::opening, "opening", "from when it opened"},
        Choice<OpenFrom>{OpenFrom::last_failure, "last_failure", "from the last failure that came back"},
    };
}

enum class OpenUntil : std::uint8_t { reached, passed };
[[nodiscard]] constexpr auto choices(OpenUntil) {
    return std::array{
        Choice<OpenUntil>{OpenUntil::reached, "reached", "a call at its very end may try"},
        Choice<OpenUntil>{OpenUntil::passed, "passed", "a call at its very end is still refused"},
    };
}

enum class Stale : std::uint8_t { discarded, counted, as_let_through };
[[nodiscard]] constexpr auto choices(Stale) {
    return std::array{
        Choice<Stale>{Stale::discarded, "discarded", "they count for nothing"},
        Choice<Stale>{Stale::counted, "counted", "they count as if their call had been let through in this state"},
        Choice<Stale>{Stale::as_let_through, "as_let_through",
                      "they count as in the state that let their call through"},
    };
}

enum class Emptied : std::uint8_t { always, closing, never };
[[nodiscard]] constexpr auto choices(Emptied) {
    return std::array{
        Choice<Emptied>{Emptied::always, "always", "whenever the breaker moves"},
        Choice<Emptied>{Emptied::closing, "closing", "when it closes"},
        Choice<Emptied>{Emptied::never, "never", "never"},
    };
}

struct RampSettings {
    Duration over = std::chrono::seconds{10};
    Share from = 0.1;

    static constexpr std::string_view doc = "lets a growing share of the calls through after closing";
    static constexpr auto fields() {
        return std::tuple{field("over", &RampSettings::over, "time until all are let through").above(0).up_to(86'400),
                          field("from", &RampSettings::from, "share at closing; it grows linearly from there")};
    }
};

/// Opens on consecutive failures, on what its window holds, or on whichever comes first. With neither a threshold nor
/// a window it opens on 5 consecutive failures; with a window and nothing said of it, at a failure rate of 0.5.
struct BreakerSettings {
    Scope scope = Scope::client;
    BreakerMode mode = BreakerMode::normal;
    std::optional<std::uint32_t> failure_threshold{};
    std::optional<BreakerWindow> window{};
    BucketSettings buckets{};
    std::optional<Share> failure_rate{};
    std::optional<std::uint32_t> failure_count{};
    std::optional<Duration> slow_after{};
    std::optional<Share> slow_rate{};
    std::uint32_t minimum_calls = 20;
    bool cap_minimum = false;
    std::optional<Rate> minimum_rate{};
    std::optional<Rate> minimum_failures{};
    Compare compare = Compare::at_least;
    RateOf rate_of = RateOf::outcomes;
    JudgedOn judged_on = JudgedOn::outcome;
    std::optional<Duration> judged_every{};
    Duration open_for = std::chrono::seconds{60};
    std::optional<Backoff> open_backoff{};
    Jitter open_jitter = NoJitter{};
    OpenFrom open_from = OpenFrom::opening;
    OpenUntil open_until = OpenUntil::reached;
    HalfOpenSettings half_open{};
    std::optional<RampSettings> ramp{};
    Stale stale = Stale::discarded;
    Emptied emptied = Emptied::always;
    bool trials_in_window = false;
    std::optional<AdaptiveSettings> adaptive{};
    OutcomeSet on = service_failures;
    OutcomeSet ignore = OutcomeSet{Outcome::client_error} | refusals;

    static constexpr std::string_view name = "breaker";
    static constexpr std::string_view doc =
        "Circuit breaker: stops calling a service that keeps failing, and tries it again later.";
    static constexpr auto fields();
    void check(Problems& problems) const;

    static constexpr std::array dialects{Dialect::resilience4j, Dialect::polly,     Dialect::failsafe,
                                         Dialect::gobreaker,    Dialect::cockatiel, Dialect::opossum,
                                         Dialect::hystrix,      Dialect::semian,    Dialect::finagle};
    /// The library's defaults (docs/policies/breaker.md); of a dialect that is not in the list, ours.
    static BreakerSettings of(Dialect dialect);

    /// What opens it; nothing where that does not.
    [[nodiscard]] std::optional<std::uint32_t> consecutive_limit() const;
    [[nodiscard]] std::optional<double> failure_rate_limit() const;
    [[nodiscard]] std::optional<double> slow_rate_limit() const;
    /// Calls that must be in the window before its rates mean anything.
    [[nodiscard]] std::uint32_t minimum() const;
};

constexpr auto BreakerSettings::fields() {
    using B = BreakerSettings;
    return std::tuple{
        field("scope", &B::scope, "who shares one breaker"),
        field("mode", &B::mode, "whether it decides anything"),
        field("failure_threshold", &B::failure_threshold,
              "consecutive failures that open it; 5 where there is no window either")
            .from(1)
            .up_to(100'000),
        field("window", &B::window, "opens on what has come back lately"),
        field("buckets", &B::buckets, "how a window of time slides"),
        field("failure_rate", &B::failure_rate,
              "share of failures in the window that opens it; 0.5 where nothing else is said that a window opens on")
            .above(0),
        field("failure_count", &B::failure_count, "failures in the window that open it, whatever the minimum")
            .from(1)
            .up_to(1'000'000),
        field("slow_after", &B::slow_after, "an outcome that took longer counts as slow").above(0).up_to(86'400),
        field("slow_rate", &B::slow_rate, "share of slow outcomes in the window that opens it").above(0),
        field("minimum_calls", &B::minimum_calls, "calls that must be in the window before its rates mean anything")
            .from(0)
            .up_to(100'000),
        field("cap_minimum", &B::cap_minimum, "a minimum above the window's count means that count"),
        field("minimum_rate", &B::minimum_rate, "in a window of time, instead: so many calls a second of it").above(0),
        field("minimum_failures", &B::minimum_failures,
              "in a window of time, instead: the calls of which failure_rate is so many failures a second")
            .above(0),
        field("compare", &B::compare, "what a rate must do to open it"),
        field("rate_of", &B::rate_of, "what the rates are a share of"),
        field("judged_on", &B::judged_on, "when the limits are looked at"),
        field("judged_every", &B::judged_every, "looks at the window only at multiples of this time")
            .from(0.001)
            .up_to(86'400),
        field("open_for", &B::open_for, "time it stays open before trial calls").above(0).up_to(86'400),
        field("open_backoff", &B::open_backoff, "instead of open_for: grows with every trial that fails"),
        field("open_jitter", &B::open_jitter, "spreads the open time"),
        field("open_from", &B::open_from, "when the open time begins"),
        field("open_until", &B::open_until, "when it is over"),
        field("half_open", &B::half_open, "trial calls"),
        field("ramp", &B::ramp, "lets a growing share of the calls through after closing"),
        field("stale", &B::stale, "what becomes of results of calls let through before it moved"),
        field("emptied", &B::emptied, "when the window and the run of failures are emptied"),
        field("trials_in_window", &B::trials_in_window, "trials count in the window too, after it was emptied"),
        field("adaptive", &B::adaptive, "instead of opening: refuses a share of the calls"),
        field("on", &B::on, "outcomes that count as failures"),
        field("ignore", &B::ignore, "outcomes that count as neither failure nor success")};
}

}  // namespace stampede
