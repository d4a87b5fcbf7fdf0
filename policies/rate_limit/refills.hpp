#pragma once
/// Rate limiter: permits that come back together.

#include <algorithm>
#include <cstdint>

#include "policies/core/layer.hpp"

namespace stampede {

/// Permits that come back all together at whole multiples of a period, up to a capacity. What is taken in advance makes
/// the number of permits negative, and the call that took it waits for its refill: the rule of resilience4j's
/// AtomicRateLimiter, where a refill is a whole cycle's limit, and of Envoy's local rate limit, where it is
/// tokens_per_fill.
class Refills {
public:
    Refills(std::uint32_t capacity, std::uint32_t refill, Duration period) noexcept
        : capacity_(capacity), refill_(refill), period_(period), permits_(capacity) {}

    /// Takes a permit and answers how long to wait for it; takes none, and answers `no_timer`, where that is longer
    /// than `patience`.
    Duration book(Instant now, Duration patience) noexcept {
        const std::int64_t period = now.time_since_epoch() / period_;
        permits_ = std::min(capacity_, permits_ + std::min(capacity_ - permits_, (period - period_now_)) * refill_);
        period_now_ = period;
        Duration wait{};
        if (permits_ < 1) {
            const std::int64_t refills = (1 - permits_ + refill_ - 1) / refill_;
            wait = Instant{(period + refills) * period_} - now;
        }
        if (wait > patience) return no_timer;
        --permits_;
        return wait;
    }

private:
    std::int64_t capacity_;
    std::int64_t refill_;
    Duration period_;
    std::int64_t permits_;
    std::int64_t period_now_ = 0;
};

}  // namespace stampede
