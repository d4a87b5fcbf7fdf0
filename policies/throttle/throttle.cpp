#include "policies/throttle/throttle.hpp"

#include <algorithm>

#include "policies/random/distributions.hpp"

namespace stampede {

void ThrottleSettings::check(Problems& problems) const {
    if (on.contains(Outcome::success)) problems.add("on", "a success was accepted");
    if (window / buckets <= Duration::zero()) problems.add("buckets", "are more than the window has nanoseconds");
}

double Throttle::rejection_probability(Instant now) noexcept {
    const ThrottleSettings& s = *settings_;
    const RecentCounts::Counts recent = counts_.total(now);
    if (recent.requests < s.minimum_calls) return 0;
    if (recent.requests < s.minimum_rate.per_second * to_seconds(s.window)) return 0;
    const double excess = recent.requests - s.k * recent.accepted;
    if (excess <= 0) return 0;
    double probability = excess / (recent.requests + s.padding);
    if (s.aggression != 1) probability = portable_exp(portable_log(probability) / s.aggression);
    return std::min<double>(probability, s.max_rejection);
}

Entry Throttle::enter(Context& context, Frame&) {
    const double probability = rejection_probability(context.now);
    if (probability <= 0 || context.random.uniform() >= probability) return Entry::proceed();
    if (settings_->count_refused) counts_.add(context.now, false);
    return Entry::refuse(Outcome::throttled);
}

Exit Throttle::leave(Context& context, Frame&, Outcome outcome) {
    if (!is_refusal(outcome)) counts_.add(context.now, !settings_->on.contains(outcome));
    return Exit::pass(outcome);
}

}  // namespace stampede
