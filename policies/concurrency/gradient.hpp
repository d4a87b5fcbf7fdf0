#pragma once
/// Adaptive limit: Envoy's gradient.

#include <cstdint>
#include <optional>

#include "policies/concurrency/sample.hpp"
#include "policies/core/settings.hpp"
#include "policies/latency/sketch.hpp"

namespace stampede {

/// Defaults of Envoy's adaptive concurrency filter, gradient controller.
struct GradientSettings {
    std::uint32_t min = 3;
    std::uint32_t max = 1000;
    Share percentile = 0.5;
    Duration update_every = std::chrono::milliseconds{100};
    Duration probe_every = std::chrono::seconds{60};
    Share probe_jitter = 0.15;
    std::uint32_t probe_calls = 50;
    double buffer = 0.25;
    std::optional<Duration> best_latency{};

    static constexpr std::string_view name = "gradient";
    static constexpr std::string_view doc =
        "follows the ratio of the best latency to the latest ones; to measure the best, it goes down to its lowest "
        "limit from time to time";
    static constexpr auto fields() {
        return std::tuple{
            field("min", &GradientSettings::min, "lowest limit, also the one at the start and while it measures")
                .from(1)
                .up_to(1'000'000),
            field("max", &GradientSettings::max, "highest limit").from(1).up_to(1'000'000),
            field("percentile", &GradientSettings::percentile, "of the latencies of a period"),
            field("update_every", &GradientSettings::update_every, "period after which the limit is set anew")
                .above(0)
                .up_to(86'400),
            field("probe_every", &GradientSettings::probe_every, "time after which the best latency is measured again")
                .above(0)
                .up_to(604'800),
            field("probe_jitter", &GradientSettings::probe_jitter,
                  "that time is longer by up to this share of it, at random: not all measure at once"),
            field("probe_calls", &GradientSettings::probe_calls, "calls that the best latency is measured over")
                .from(1)
                .up_to(1'000'000),
            field("buffer", &GradientSettings::buffer, "share of the best latency that is no cause to shrink")
                .from(0)
                .up_to(100),
            field("best_latency", &GradientSettings::best_latency,
                  "the best latency, where it is known: none is measured")
                .above(0)
                .up_to(86'400)};
    }
    void check(Problems& problems) const;
};

/// Every period g = clamp(best·(1 + buffer)/latest, ½, 2); L ← ⌊L·g + √(L·g)⌋ within [min, max]. Five periods in a row
/// at the lowest limit make it measure the best latency at once. Calls begun before the last measurement began count
/// for nothing.
class GradientLimit {
public:
    explicit GradientLimit(const GradientSettings& s) noexcept;

    [[nodiscard]] std::uint32_t limit(Instant now, Stream& random) noexcept;
    void learn(const ConcurrencySample& sample);
    [[nodiscard]] bool probing() const noexcept { return resume_at_ != 0; }

private:
    void advance(Instant now) noexcept;
    void update() noexcept;
    void begin_probe(Instant now) noexcept;
    void end_probe(Instant now, Stream& random) noexcept;
    [[nodiscard]] Duration take_percentile() noexcept;

    const GradientSettings* settings_;
    LatencySketch latencies_;
    Duration shortest_ = longest;  ///< of those in the sketch, as is
    Duration longest_seen_{};
    Duration best_{};
    Instant next_update_{};
    Instant next_probe_{};
    Instant epoch_{};  ///< when the last measurement began
    std::uint32_t limit_;
    std::uint32_t resume_at_ = 0;  ///< the limit from before the measurement that is going on; 0: none is
    std::uint32_t periods_at_min_ = 0;
};

}  // namespace stampede
