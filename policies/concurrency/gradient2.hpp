#pragma once
/// Adaptive limit: Gradient2.

#include <cstdint>

#include "policies/concurrency/sample.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

/// Defaults of Netflix concurrency-limits, Gradient2Limit.
struct Gradient2Settings {
    std::uint32_t initial = 20;
    std::uint32_t min = 20;
    std::uint32_t max = 200;
    double smoothing = 0.2;
    std::uint32_t queue = 4;
    std::uint32_t long_window = 600;
    double tolerance = 1.5;

    static constexpr std::string_view name = "gradient2";
    static constexpr std::string_view doc =
        "shrinks by the ratio of the long-term mean latency to the latest one, and always allows a short queue; "
        "drops are ignored";
    static constexpr auto fields() {
        return std::tuple{
            field("initial", &Gradient2Settings::initial, "limit at the start").from(1).up_to(1'000'000),
            field("min", &Gradient2Settings::min, "lowest limit: a service that bears fewer is not protected")
                .from(1)
                .up_to(1'000'000),
            field("max", &Gradient2Settings::max, "highest limit").from(1).up_to(1'000'000),
            field("smoothing", &Gradient2Settings::smoothing, "share of each change that is made at once")
                .above(0)
                .up_to(1),
            field("queue", &Gradient2Settings::queue, "calls that may queue: the limit grows by as many")
                .from(0)
                .up_to(1'000'000),
            field("long_window", &Gradient2Settings::long_window, "calls that the long-term mean is taken over")
                .from(1)
                .up_to(1'000'000),
            field("tolerance", &Gradient2Settings::tolerance, "how many times the long-term mean is no cause to shrink")
                .from(1)
                .up_to(1'000)};
    }
    void check(Problems& problems) const;
};

/// g = clamp(tolerance·long/latency, ½, 1); L ← (1−s)·L + s·(L·g + queue), unless fewer than L/2 calls were under way;
/// within [min, max]. The long-term mean is exponential (weight 2/(long_window+1); plain over the first 10), and decays
/// by 5 % whenever it is above twice the latency.
class Gradient2Limit {
public:
    explicit Gradient2Limit(const Gradient2Settings& s) noexcept : settings_(&s), limit_(s.initial) {}

    [[nodiscard]] std::uint32_t limit(Instant, Stream&) const noexcept { return static_cast<std::uint32_t>(limit_); }
    void learn(const ConcurrencySample& sample) noexcept;

private:
    void average(double latency) noexcept;

    const Gradient2Settings* settings_;
    double limit_;
    double mean_ = 0;  ///< long-term, nanoseconds
    double sum_ = 0;   ///< of the first latencies
    std::uint32_t calls_ = 0;
};

}  // namespace stampede
