#pragma once
/// Adaptive limit: additive increase, multiplicative decrease.

#include <algorithm>
#include <cstdint>

#include "policies/concurrency/sample.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

/// Defaults of Netflix concurrency-limits, AIMDLimit.
struct AimdSettings {
    std::uint32_t initial = 20;
    std::uint32_t min = 20;
    std::uint32_t max = 200;
    double backoff_ratio = 0.9;
    Duration timeout = std::chrono::seconds{5};

    static constexpr std::string_view name = "aimd";
    static constexpr std::string_view doc =
        "additive increase, multiplicative decrease: one more after a call that went well while at least half the "
        "limit was in use; times backoff_ratio after one that was dropped or slow";
    static constexpr auto fields() {
        return std::tuple{
            field("initial", &AimdSettings::initial, "limit at the start").from(1).up_to(1'000'000),
            field("min", &AimdSettings::min, "lowest limit: a service that bears fewer is not protected")
                .from(1)
                .up_to(1'000'000),
            field("max", &AimdSettings::max, "highest limit").from(1).up_to(1'000'000),
            field("backoff_ratio", &AimdSettings::backoff_ratio, "factor of a decrease").above(0).up_to(1),
            field("timeout", &AimdSettings::timeout, "a call that takes longer counts as dropped")
                .above(0)
                .up_to(86'400)};
    }
    void check(Problems& problems) const;
};

/// L ← ⌊L·ratio⌋ for a drop or a latency above the timeout; L + 1 where 2·(calls under way) ≥ L; within [min, max].
class AimdLimit {
public:
    explicit AimdLimit(const AimdSettings& s) noexcept : settings_(&s), limit_(s.initial) {}

    [[nodiscard]] std::uint32_t limit(Instant, Stream&) const noexcept { return limit_; }
    void learn(const ConcurrencySample& sample) noexcept {
        if (sample.dropped || sample.latency() > settings_->timeout) {
            limit_ = static_cast<std::uint32_t>(limit_ * settings_->backoff_ratio);
        } else if (sample.under_way * 2 >= limit_) {
            ++limit_;
        }
        limit_ = std::clamp(limit_, settings_->min, settings_->max);
    }

private:
    const AimdSettings* settings_;
    std::uint32_t limit_;
};

}  // namespace stampede
