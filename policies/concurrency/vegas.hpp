#pragma once
/// Adaptive limit: Vegas.

#include <cstdint>

#include "policies/concurrency/sample.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

/// Defaults of Netflix concurrency-limits, VegasLimit.
struct VegasSettings {
    std::uint32_t initial = 20;
    std::uint32_t max = 1000;
    double smoothing = 1;
    std::uint32_t alpha = 3;
    std::uint32_t beta = 6;
    std::uint32_t threshold = 1;
    std::uint32_t probe_multiplier = 30;

    static constexpr std::string_view name = "vegas";
    static constexpr std::string_view doc =
        "as TCP Vegas: estimates the queue by limit·(1 − best latency / latency), grows while it is short and shrinks "
        "while it is long";
    static constexpr auto fields() {
        return std::tuple{field("initial", &VegasSettings::initial, "limit at the start").from(1).up_to(1'000'000),
                          field("max", &VegasSettings::max, "highest limit; the lowest is 1").from(1).up_to(1'000'000),
                          field("smoothing", &VegasSettings::smoothing, "share of each change that is made at once")
                              .above(0)
                              .up_to(1),
                          field("alpha", &VegasSettings::alpha,
                                "the limit grows by a step below a queue of this times a step; a step "
                                "is the decimal logarithm of the limit, rounded down, at least 1")
                              .from(1)
                              .up_to(1'000),
                          field("beta", &VegasSettings::beta, "it shrinks by a step above a queue of this times a step")
                              .from(1)
                              .up_to(1'000),
                          field("threshold", &VegasSettings::threshold,
                                "it grows by beta steps at once up to a queue of this times a step")
                              .from(0)
                              .up_to(1'000),
                          field("probe_multiplier", &VegasSettings::probe_multiplier,
                                "the best latency is forgotten after 0.5 to 1 times this times the limit calls")
                              .from(1)
                              .up_to(1'000'000)};
    }
    void check(Problems& problems) const;
};

/// With step s = max(1, ⌊log10 L⌋) and queue q = ⌈L·(1 − best/latency)⌉: a drop L − s; unchanged where 2·(calls under
/// way) < L; q ≤ threshold·s: L + beta·s; q < alpha·s: L + s; q > beta·s: L − s; within [1, max].
class VegasLimit {
public:
    explicit VegasLimit(const VegasSettings& s) noexcept : settings_(&s), limit_(s.initial) {}

    [[nodiscard]] std::uint32_t limit(Instant, Stream&) const noexcept { return static_cast<std::uint32_t>(limit_); }
    void learn(const ConcurrencySample& sample) noexcept;

private:
    [[nodiscard]] double aim(const ConcurrencySample& sample) const noexcept;

    const VegasSettings* settings_;
    double limit_;
    Duration best_{};  ///< 0: none yet
    std::uint32_t calls_ = 0;
    double probe_jitter_ = 0;  ///< in [0.5, 1); 0: not drawn yet
};

}  // namespace stampede
