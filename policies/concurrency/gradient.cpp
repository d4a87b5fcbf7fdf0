#include "policies/concurrency/gradient.hpp"

#include <algorithm>
#include <cmath>

#include "policies/random/distributions.hpp"

namespace stampede {
namespace {

constexpr std::uint32_t most_periods_at_min = 5;

}  // namespace

void GradientSettings::check(Problems& problems) const {
    if (min > max) problems.add("min", "must not be above \"max\"");
}

GradientLimit::GradientLimit(const GradientSettings& s) noexcept
    : settings_(&s), next_update_(Instant{} + s.update_every), limit_(s.min) {
    if (s.best_latency) {
        best_ = *s.best_latency;
        next_probe_ = Instant::max();
    } else {
        begin_probe(Instant{});
    }
}

std::uint32_t GradientLimit::limit(Instant now, Stream&) noexcept {
    advance(now);
    return limit_;
}

/// What was due before `now`, in its order.
void GradientLimit::advance(Instant now) noexcept {
    while (!probing() && std::min(next_update_, next_probe_) <= now) {
        if (next_probe_ <= next_update_) return begin_probe(next_probe_);
        update();
        // Periods without a call change nothing.
        const Duration late = std::max(Duration::zero(), std::min(now, next_probe_) - next_update_);
        next_update_ += (late / settings_->update_every + 1) * settings_->update_every;
    }
}

void GradientLimit::update() noexcept {
    if (latencies_.weight() <= 0) return;
    const Duration latest = take_percentile();
    const double raw = to_seconds(best_) * (1 + settings_->buffer) / to_seconds(latest);
    const double aim = limit_ * std::clamp(raw, 0.5, 2.0);
    const std::uint32_t before = limit_;
    limit_ = std::clamp(static_cast<std::uint32_t>(aim + std::sqrt(aim)), settings_->min, settings_->max);
    periods_at_min_ = before == settings_->min && limit_ == settings_->min ? periods_at_min_ + 1 : 0;
    if (periods_at_min_ >= most_periods_at_min && !settings_->best_latency) next_probe_ = next_update_;
}

void GradientLimit::begin_probe(Instant now) noexcept {
    resume_at_ = limit_;
    limit_ = settings_->min;
    periods_at_min_ = 0;
    epoch_ = now;
    latencies_.clear();
    shortest_ = longest;
    longest_seen_ = Duration::zero();
}

void GradientLimit::end_probe(Instant now, Stream& random) noexcept {
    best_ = take_percentile();
    limit_ = resume_at_;
    resume_at_ = 0;
    const double jitter = settings_->probe_jitter > 0 ? settings_->probe_jitter * random.uniform() : 0;
    next_probe_ = now + from_seconds(to_seconds(settings_->probe_every) * (1 + jitter));
    next_update_ = now + settings_->update_every;
}

/// The sketch is exact to 1/16; where all latencies are alike, this is exact.
Duration GradientLimit::take_percentile() noexcept {
    const Duration percentile =
        std::clamp(latencies_.quantile(settings_->percentile), shortest_, std::max(shortest_, longest_seen_));
    latencies_.clear();
    shortest_ = longest;
    longest_seen_ = Duration::zero();
    return std::max(percentile, Duration{1});
}

void GradientLimit::learn(const ConcurrencySample& sample) {
    advance(sample.now);
    if (sample.started < epoch_) return;
    latencies_.add(sample.now, sample.latency());
    shortest_ = std::min(shortest_, sample.latency());
    longest_seen_ = std::max(longest_seen_, sample.latency());
    if (probing() && latencies_.weight() >= settings_->probe_calls) end_probe(sample.now, sample.random);
}

}  // namespace stampede
