#pragma once
/// What an instance does besides serving at its usual speed. Each part is off unless the scenario asks for it.

#include <algorithm>
#include <cstdint>
#include <optional>

#include "policies/core/layer.hpp"
#include "policies/core/time.hpp"
#include "policies/random/distributions.hpp"
#include "policies/random/stream.hpp"
#include "scenarios/format/services.hpp"

namespace stampede::sim {

/// So many calls a second in the long run, a burst at once after a quiet time (a token bucket).
class TokenBucket {
public:
    explicit TokenBucket(const scenarios::ServiceRateLimit& settings)
        : per_s_(settings.rate.per_second), burst_(settings.burst), tokens_(burst_) {}

    [[nodiscard]] bool admits(Instant now) noexcept {
        tokens_ = std::min(burst_, tokens_ + to_seconds(now - since_) * per_s_);
        since_ = now;
        // Rounding must not hold back a call that comes exactly when its token is due.
        if (tokens_ < 1 - 1e-9) return false;
        tokens_ -= 1;
        return true;
    }

private:
    double per_s_;
    double burst_;
    double tokens_;
    Instant since_{};
};

/// Answers a share of the calls; after a start at `cold_since` it has to fill first.
class Cache {
public:
    explicit Cache(const scenarios::CacheSettings& settings)
        : settings_(settings), cold_(settings.cold_start && settings.warms_in > Duration::zero()) {}

    void flush(Instant now) noexcept {
        cold_since_ = now;
        cold_ = settings_.warms_in > Duration::zero();
    }
    /// It stays empty until as many fills have come.
    void empty() noexcept { ++emptied_; }
    void fill(Instant now) noexcept {
        --emptied_;
        flush(now);
    }
    [[nodiscard]] bool hits(Instant now, Stream& stream) const noexcept {
        double rate = emptied_ > 0 ? 0 : settings_.hit_rate.value;
        if (cold_) rate *= 1 - portable_exp(-to_seconds(now - cold_since_) / to_seconds(settings_.warms_in));
        return stream.uniform() < rate;
    }
    [[nodiscard]] Duration time() const noexcept { return settings_.time; }

private:
    scenarios::CacheSettings settings_;
    bool cold_;
    std::uint32_t emptied_ = 0;
    Instant cold_since_{};
};

/// Slow after a start, in a straight line to the usual speed.
class WarmUp {
public:
    explicit WarmUp(const scenarios::WarmUpSettings& settings) : settings_(settings), cold_(settings.at_start) {}

    void start(Instant now) noexcept {
        since_ = now;
        cold_ = true;
    }
    /// Of service times.
    [[nodiscard]] double factor(Instant now) noexcept {
        if (!cold_) return 1;
        const double share = to_seconds(now - since_) / to_seconds(settings_.lasts);
        cold_ = share < 1;
        return cold_ ? settings_.factor + (1 - settings_.factor) * share : 1;
    }

private:
    scenarios::WarmUpSettings settings_;
    bool cold_;
    Instant since_{};
};

/// How long an instance has stood still in all; pauses may overlap.
class PauseClock {
public:
    [[nodiscard]] bool paused() const noexcept { return open_ > 0; }
    /// There has been a pause.
    [[nodiscard]] bool used() const noexcept { return used_; }
    void pause(Instant now) noexcept {
        used_ = true;
        if (open_++ == 0) since_ = now;
    }
    /// Answers whether it goes on now.
    bool resume(Instant now) noexcept {
        if (open_ == 0 || --open_ > 0) return false;
        total_ += now - since_;
        return true;
    }
    [[nodiscard]] Duration total(Instant now) const noexcept { return paused() ? total_ + (now - since_) : total_; }

private:
    bool used_ = false;
    std::uint32_t open_ = 0;
    Instant since_{};
    Duration total_{};
};

/// The parts that look at every call of an instance.
struct Stress {
    explicit Stress(const scenarios::ServiceSettings& settings)
        : contention(settings.contention),
          early_drop(settings.queue.early_drop),
          when_full(settings.queue.when_full),
          deadlines(settings.queue.deadlines),
          by_priority(std::holds_alternative<scenarios::PriorityDiscipline>(settings.queue.discipline)),
          skips_cancelled(settings.cancellable) {
        if (const auto* priority = std::get_if<scenarios::PriorityDiscipline>(&settings.queue.discipline))
            retries_last = priority->retries_last;
        if (settings.rate_limit) {
            bucket.emplace(*settings.rate_limit);
            if (const auto& after = settings.rate_limit->retry_after)
                retry_tenths =
                    static_cast<std::uint16_t>(std::max<std::int64_t>(1, *after / std::chrono::milliseconds{100}));
        }
        if (settings.cache) cache.emplace(*settings.cache);
        if (settings.warm_up) warm_up.emplace(*settings.warm_up);
    }
    /// Whether a scenario asks for any of it.
    [[nodiscard]] static bool is_asked_for(const scenarios::ServiceSettings& settings) {
        return settings.contention || settings.rate_limit || settings.cache || settings.warm_up ||
               settings.queue.early_drop || settings.queue.when_full != scenarios::WhenFull::reject ||
               settings.queue.deadlines != scenarios::DeadlineAdmission::ignore || settings.cancellable ||
               std::holds_alternative<scenarios::PriorityDiscipline>(settings.queue.discipline);
    }

    [[nodiscard]] double time_factor(Instant now, std::uint32_t others) noexcept {
        double factor = warm_up ? warm_up->factor(now) : 1;
        if (contention && others > contention->above) factor *= 1 + contention->slope * (others - contention->above);
        return factor;
    }

    std::optional<TokenBucket> bucket;
    std::uint16_t retry_tenths = 0;  ///< what the bucket's refusals say; 0 for nothing
    std::optional<Cache> cache;
    std::optional<WarmUp> warm_up;
    std::optional<scenarios::ContentionSettings> contention;
    std::optional<scenarios::EarlyDropSettings> early_drop;
    scenarios::WhenFull when_full;
    scenarios::DeadlineAdmission deadlines;
    bool by_priority;
    bool retries_last = false;
    bool skips_cancelled;
};

}  // namespace stampede::sim
