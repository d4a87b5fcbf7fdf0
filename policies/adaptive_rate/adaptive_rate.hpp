#pragma once

#include <optional>

#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

/// The names and defaults follow the AWS SDKs' adaptive retry mode (botocore's adaptive.py, throttling.py, bucket.py).
struct AdaptiveRateSettings {
    Scope scope = Scope::client;
    OutcomeSet on{Outcome::overload};
    Share beta = 0.7;
    double scale = 0.4;
    Share smoothing = 0.8;
    double most = 2;
    Rate least{0.5};
    std::optional<Duration> max_wait{};

    static constexpr std::string_view name = "adaptive_rate";
    static constexpr std::string_view doc =
        "Slows a client down that was throttled, and lets it grow again along a cubic curve (AWS SDKs, mode adaptive).";
    static constexpr auto fields() {
        return std::tuple{
            field("scope", &AdaptiveRateSettings::scope, "who shares one rate"),
            field("on", &AdaptiveRateSettings::on, "outcomes that mean that the service throttles"),
            field("beta", &AdaptiveRateSettings::beta, "the rate after a throttling, as a share of the one before")
                .above(0),
            field("scale", &AdaptiveRateSettings::scale, "how steeply the rate grows again, in calls/s per s³")
                .above(0)
                .up_to(1000),
            field("smoothing", &AdaptiveRateSettings::smoothing, "weight of the last half second in the measured rate")
                .above(0),
            field("most", &AdaptiveRateSettings::most, "the rate is at most so many times what is measured")
                .from(1)
                .up_to(1000),
            field("least", &AdaptiveRateSettings::least, "rate that is never gone below").above(0).up_to(1'000'000),
            field("max_wait", &AdaptiveRateSettings::max_wait,
                  "a call that would wait longer is refused; the SDKs know no limit")
                .from(0)
                .up_to(86'400)};
    }
};

/// Lets everything through until the first throttling; from then on a token bucket whose rate is the lower of a CUBIC
/// curve and a multiple of the measured rate. A call that finds no token waits for one, at the rate of that moment.
/// Belongs below the retry: it counts attempts. Keeps a copy of its settings.
/// Frame: `narrow` 1 while the call waits.
class AdaptiveRate final : public Layer {
public:
    explicit AdaptiveRate(const AdaptiveRateSettings& settings) : settings_(settings) {}

    Entry enter(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome) override;
    Verdict timer(Context&, Frame&) override;
    void cancel(Context&, Frame&) override;

    [[nodiscard]] bool enabled() const noexcept { return enabled_; }
    /// Calls a second; of no meaning before the first throttling.
    [[nodiscard]] double rate() const noexcept { return rate_; }
    [[nodiscard]] double measured() const noexcept { return measured_; }

private:
    void refill(Instant now) noexcept;
    void measure(Instant now) noexcept;
    [[nodiscard]] double cubic(Instant now) const noexcept;
    void set_rate(double rate, Instant now) noexcept;

    AdaptiveRateSettings settings_;
    bool enabled_ = false;
    std::uint32_t requests_ = 0;    ///< answered in the half second that is measured
    std::int64_t half_second_ = 0;  ///< its number, since the driver's start
    double measured_ = 0;
    double rate_ = 0;
    double tokens_ = 0;  ///< below zero where calls wait
    double capacity_ = 0;
    double last_most_ = 0;  ///< the rate when the service throttled last
    Instant filled_{};
    Instant throttled_{};
};

}  // namespace stampede
