#pragma once
/// Retry: its settings and its layer.

#include "policies/backoff/backoff.hpp"
#include "policies/core/dialect.hpp"
#include "policies/core/layer.hpp"
#include "policies/jitter/jitter.hpp"

namespace stampede {

/// Defaults: 1 s, doubling, at most 60 s, 6 attempts, ± 10 % jitter applied after the cap.
struct RetrySettings {
    std::uint32_t max_attempts = 6;
    OutcomeSet on = service_failures;
    Backoff backoff = ExponentialBackoff{};
    Jitter jitter = ProportionalJitter{};

    static constexpr std::string_view name = "retry";
    static constexpr std::string_view doc =
        "Tries again after a delay that grows by a backoff and is spread by a jitter.";
    static constexpr auto fields() {
        return std::tuple{field("max_attempts", &RetrySettings::max_attempts, "tries in total, the first included")
                              .from(1)
                              .up_to(1000),
                          field("on", &RetrySettings::on, "outcomes that are tried again"),
                          field("backoff", &RetrySettings::backoff, "how the delay grows"),
                          field("jitter", &RetrySettings::jitter, "how the delay is spread")};
    }
    void check(Problems& problems) const;

    static constexpr std::array dialects{Dialect::resilience4j, Dialect::polly, Dialect::failsafe,
                                         Dialect::envoy,        Dialect::istio, Dialect::aws_standard};
    /// The library's defaults; of a dialect that is not in the list, ours.
    static RetrySettings of(Dialect dialect);
};

/// Tries again while the outcome is one of `on` and attempts are left; the last attempt's outcome goes up as it is.
/// Stateless but for the call's frame: one object serves every client. Keeps a copy of its settings.
/// Frame: `wide` the delay drawn last (ns), `narrow` attempts so far.
class Retry final : public Layer {
public:
    explicit Retry(const RetrySettings& settings) : settings_(settings) {}

    Entry enter(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome) override;
    [[nodiscard]] bool enter_unchanged(Frame& frame, Duration&) const noexcept override {
        frame.narrow = 1;
        return true;
    }
    [[nodiscard]] bool leave_unchanged(const Frame&, Outcome outcome) const noexcept override {
        return !settings_.on.contains(outcome);
    }

private:
    RetrySettings settings_;
};

}  // namespace stampede
