#pragma once
/// Timeout: its settings and its layer.

#include "policies/core/dialect.hpp"
#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

/// Innermost it bounds each attempt, outermost the whole call with its retries and waits.
struct TimeoutSettings {
    Duration after{};
    bool cancel = false;
    bool deadline = false;

    static constexpr std::string_view name = "timeout";
    static constexpr std::string_view doc =
        "Gives up after a time. Below a retry it bounds each attempt, above it the whole call.";
    static constexpr auto fields() {
        return std::tuple{
            field("after", &TimeoutSettings::after, "time from entering the layer until it gives up")
                .required()
                .above(0)
                .up_to(86'400),
            field("cancel", &TimeoutSettings::cancel,
                  "an attempt that is given up is cancelled where it runs; otherwise its work goes on and its late "
                  "answer is ignored"),
            field("deadline", &TimeoutSettings::deadline,
                  "layers further in and the service are told until when the answer is needed: they shorten what would "
                  "take longer and refuse what would come too late")};
    }

    static constexpr std::array dialects{Dialect::resilience4j, Dialect::polly,  Dialect::failsafe,
                                         Dialect::envoy,        Dialect::grpc,   Dialect::cockatiel,
                                         Dialect::opossum,      Dialect::hystrix};
    /// The library's defaults; of a dialect that is not in the list, ours.
    static TimeoutSettings of(Dialect dialect);
};

/// Shortens its time to the call's deadline where a layer further out has set an earlier one, and refuses at once a
/// call whose deadline has passed. Stateless: one object serves every client.
/// Frame: `wide` the deadline as it was outside, which comes back when the call leaves.
class Timeout final : public Layer {
public:
    explicit Timeout(const TimeoutSettings& settings) : settings_(settings) {}

    Entry enter(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome) override;
    Verdict timer(Context&, Frame&) override;
    void cancel(Context&, Frame&) override;
    /// Of calls without a deadline.
    [[nodiscard]] bool enter_unchanged(Frame& frame, Duration& timer) const noexcept override {
        frame.wide = Instant::max().time_since_epoch().count();
        timer = settings_.after;
        return !settings_.deadline;
    }
    [[nodiscard]] bool leave_unchanged(const Frame&, Outcome) const noexcept override { return true; }

private:
    TimeoutSettings settings_;
};

}  // namespace stampede
