#include "policies/rate_limit/rate_limit.hpp"

#include <string>

#include "policies/core/patience.hpp"

namespace stampede {
namespace {

/// Whole tokens that come at each refill, as far as there is room for them.
std::uint32_t tokens_of_refill(const TokenBucketSettings& s) {
    const double tokens = s.rate.per_second * to_seconds(s.refill_every) + 0.5;
    return tokens < s.burst ? static_cast<std::uint32_t>(tokens) : s.burst;
}

Duration interval_between(Rate rate) { return std::max(Duration{1}, from_seconds(1 / rate.per_second)); }

struct MakeTurns {
    using Turns = std::variant<Refills, Spacing, SlidingWindow>;

    Turns operator()(const TokenBucketSettings& s) const {
        if (s.refill_every == Duration::zero()) return Spacing{interval_between(s.rate), s.burst, false};
        return Refills{s.burst, tokens_of_refill(s), s.refill_every};
    }
    Turns operator()(const FixedCycleSettings& s) const { return Refills{s.limit, s.limit, s.period}; }
    Turns operator()(const SmoothSettings& s) const { return Spacing{interval_between(s.rate), 1, s.aligned}; }
    Turns operator()(const SlidingWindowSettings& s) const { return SlidingWindow{s.limit, s.window, s.segments}; }
};

}  // namespace

void TokenBucketSettings::check(Problems& problems) const {
    if (refill_every > Duration::zero() && tokens_of_refill(*this) == 0)
        problems.add("refill_every", "is too short: at this rate not one token comes in it");
}

void SlidingWindowSettings::check(Problems& problems) const {
    if (window / segments <= Duration::zero()) problems.add("segments", "are more than the window has nanoseconds");
}

RateLimit::RateLimit(const RateLimitSettings& settings)
    : settings_(&settings), turns_(std::visit(MakeTurns{}, settings.strategy)) {}

Entry RateLimit::enter(Context& context, Frame& frame) {
    const Duration longest_wait = patience(context, settings_->max_wait);
    const Duration wait = std::visit([&](auto& turns) { return turns.book(context.now, longest_wait); }, turns_);
    if (wait == Duration::zero()) return Entry::proceed();
    if (wait != no_timer) return Entry::wait(wait);
    if (!settings_->refuse_late || longest_wait == Duration::zero()) return Entry::refuse(Outcome::rate_limited);
    frame.narrow = 1;
    return Entry::wait(longest_wait);
}

Verdict RateLimit::timer(Context&, Frame& frame) {
    return frame.narrow == 0 ? Verdict::proceed() : Verdict::cut(Outcome::rate_limited);
}

}  // namespace stampede
