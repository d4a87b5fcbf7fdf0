#include "policies/fallback/fallback.hpp"

namespace stampede {

void FallbackSettings::check(Problems& problems) const {
    if (on.contains(Outcome::success) || on.contains(Outcome::fallback))
        problems.add("on", "an answer (success, fallback) needs no fallback");
    if (max_age && value != FallbackValue::cached) problems.add("max_age", "is for \"value\": \"cached\" only");
}

bool Fallback::has_cached(Context& context) const noexcept {
    if (settings_.max_age && (last_success_ == never || context.now - last_success_ > *settings_.max_age)) return false;
    return context.random.uniform() < settings_.hit_rate;
}

Exit Fallback::leave(Context& context, Frame& frame, Outcome outcome) {
    if (frame.narrow != 0) {
        context.facts.alternative = 0;
        return Exit::pass(outcome == Outcome::success ? Outcome::fallback : outcome);
    }
    if (outcome == Outcome::success) last_success_ = context.now;
    if (!settings_.on.contains(outcome)) return Exit::pass(outcome);
    if (settings_.value == FallbackValue::cached && !has_cached(context)) return Exit::pass(outcome);
    context.observer.fallback_used(context.call, context.now, outcome, settings_.value == FallbackValue::cached);
    if (settings_.value == FallbackValue::service) {
        frame.narrow = 1;
        context.facts.alternative = settings_.alternative & 0x7fU;
        return Exit::direct();
    }
    return Exit::pass(settings_.value == FallbackValue::degraded ? Outcome::success : Outcome::fallback);
}

/// A layer further out may try again: at the usual service.
void Fallback::cancel(Context& context, Frame& frame) {
    if (frame.narrow != 0) context.facts.alternative = 0;
}

}  // namespace stampede
