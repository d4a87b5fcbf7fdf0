#include "policies/fallback/fallback.hpp"

namespace stampede {

void FallbackSettings::check(Problems& problems) const {
    if (on.contains(Outcome::success) || on.contains(Outcome::fallback))
        problems.add("on", "an answer (success, fallback) needs no fallback");
}

Exit Fallback::leave(Context& context, Frame&, Outcome outcome) {
    if (!settings_.on.contains(outcome)) return Exit::pass(outcome);
    const bool cached = settings_.value == FallbackValue::cached;
    if (cached && context.random.uniform() >= settings_.hit_rate) return Exit::pass(outcome);
    context.observer.fallback_used(context.call, context.now, outcome, cached);
    return Exit::pass(Outcome::fallback);
}

}  // namespace stampede
