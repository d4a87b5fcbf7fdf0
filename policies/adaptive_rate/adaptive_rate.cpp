#include "policies/adaptive_rate/adaptive_rate.hpp"

#include <algorithm>

#include "policies/random/distributions.hpp"

namespace stampede {
namespace {

constexpr Duration half_second = std::chrono::milliseconds{500};

double cube_root(double x) { return x > 0 ? portable_exp(portable_log(x) / 3) : 0; }

}  // namespace

Entry AdaptiveRate::enter(Context& context, Frame& frame) {
    if (!enabled_) return Entry::proceed();
    refill(context.now);
    const Duration wait = from_seconds((1 - tokens_) / rate_);
    if (wait > Duration::zero() && settings_.max_wait && wait > *settings_.max_wait)
        return Entry::refuse(Outcome::rate_limited);
    tokens_ -= 1;
    if (wait <= Duration::zero()) return Entry::proceed();
    frame.narrow = 1;
    return Entry::wait(wait);
}

Verdict AdaptiveRate::timer(Context& context, Frame& frame) {
    frame.narrow = 0;
    context.waker.wake(context.self);
    return Verdict::nothing();
}

void AdaptiveRate::cancel(Context&, Frame& frame) {
    if (frame.narrow != 0) tokens_ += 1;
}

Exit AdaptiveRate::leave(Context& context, Frame&, Outcome outcome) {
    if (is_refusal(outcome)) return Exit::pass(outcome);  // nothing was sent
    measure(context.now);
    double next = 0;
    if (settings_.on.contains(outcome)) {
        last_most_ = enabled_ ? std::min(measured_, rate_) : measured_;
        throttled_ = context.now;
        next = last_most_ * settings_.beta;
        if (!enabled_) filled_ = context.now;
        enabled_ = true;
    } else if (enabled_) {
        next = cubic(context.now);
    }
    if (enabled_) set_rate(std::min(next, settings_.most * measured_), context.now);
    return Exit::pass(outcome);
}

void AdaptiveRate::refill(Instant now) noexcept {
    tokens_ = std::min(capacity_, tokens_ + rate_ * to_seconds(now - filled_));
    filled_ = now;
}

/// Answers a second, a new value every half second.
void AdaptiveRate::measure(Instant now) noexcept {
    ++requests_;
    const std::int64_t current = now.time_since_epoch() / half_second;
    if (current <= half_second_) return;
    const double passed = to_seconds((current - half_second_) * half_second);
    measured_ = requests_ / passed * settings_.smoothing + measured_ * (1 - settings_.smoothing);
    requests_ = 0;
    half_second_ = current;
}

/// CUBIC (RFC 8312): back at the rate of the last throttling after a time that grows with it, slowly around it.
double AdaptiveRate::cubic(Instant now) const noexcept {
    const double window = cube_root(last_most_ * (1 - settings_.beta) / settings_.scale);
    const double t = to_seconds(now - throttled_) - window;
    return settings_.scale * t * t * t + last_most_;
}

void AdaptiveRate::set_rate(double rate, Instant now) noexcept {
    refill(now);
    rate_ = std::max(rate, settings_.least.per_second);
    capacity_ = std::max(rate, 1.0);
    tokens_ = std::min(tokens_, capacity_);
}

}  // namespace stampede
