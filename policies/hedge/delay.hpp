#pragma once
/// When a call has taken long enough for a hedge, by what earlier calls took.

#include <cstdint>
#include <optional>
#include <variant>

#include "policies/core/settings.hpp"
#include "policies/latency/average.hpp"
#include "policies/latency/sketch.hpp"

namespace stampede {

struct QuantileDelay {
    Share quantile = 0.95;
    Duration half_life = std::chrono::minutes{1};
    std::uint32_t minimum_calls = 20;
    Duration at_least = std::chrono::milliseconds{1};

    static constexpr std::string_view name = "quantile";
    static constexpr std::string_view doc =
        "hedges what takes longer than this share of the calls: 1 − quantile of the calls, in a steady state";
    static constexpr auto fields() {
        return std::tuple{
            field("quantile", &QuantileDelay::quantile, "share of the calls that are to be answered before"),
            field("half_life", &QuantileDelay::half_life, "time after which a latency counts half")
                .from(0.001)
                .up_to(604'800),
            field("minimum_calls", &QuantileDelay::minimum_calls, "calls measured before the quantile is believed")
                .from(1)
                .up_to(1'000'000),
            field("at_least", &QuantileDelay::at_least, "shortest delay").from(0).up_to(86'400)};
    }
};

struct AverageDelay {
    double times = 1;
    Duration plus{};
    std::uint32_t window = 100;
    std::uint32_t minimum_calls = 1;
    bool failures = true;

    static constexpr std::string_view name = "average";
    static constexpr std::string_view doc = "hedges what takes longer than the mean of the last calls, times and plus";
    static constexpr auto fields() {
        return std::tuple{
            field("times", &AverageDelay::times, "factor of the mean").from(0).up_to(1'000),
            field("plus", &AverageDelay::plus, "added to it").from(0).up_to(86'400),
            field("window", &AverageDelay::window, "calls that the mean is taken over").from(1).up_to(1'000'000),
            field("minimum_calls", &AverageDelay::minimum_calls, "calls measured before the mean is believed")
                .from(1)
                .up_to(1'000'000),
            field("failures", &AverageDelay::failures, "calls that fail are measured too")};
    }
};

using MeasuredDelay = std::variant<QuantileDelay, AverageDelay>;

/// Learns from first tries. A hedge that is answered first ends its first try early; the time that this had taken by
/// then is what counts: it is above the quantile, which is all that a quantile must know.
class HedgeDelay {
public:
    explicit HedgeDelay(const std::optional<MeasuredDelay>& measured);

    void add(Instant now, Duration latency, bool answered);
    /// Nothing where too few calls have been measured.
    [[nodiscard]] std::optional<Duration> get();

private:
    struct Quantile {
        QuantileDelay settings;
        LatencySketch sketch;
        std::uint32_t added = 0;
        std::uint32_t next_reading = 0;  ///< the quantile is read anew only every so many calls: it takes a while
        Duration reading{};
    };
    struct Average {
        AverageDelay settings;
        LatencyAverage mean;
    };

    std::variant<std::monostate, Quantile, Average> measure_;
};

}  // namespace stampede
