#include "policies/chaos/chaos.hpp"

namespace stampede {

void ChaosSettings::check(Problems& problems) const {
    if (until && *until <= from) problems.add("until", "must be after \"from\"");
}

Entry Chaos::enter(Context& context, Frame& frame) {
    const Duration since_start = context.now.time_since_epoch();
    if (since_start < settings_.from || (settings_.until && since_start >= *settings_.until)) return Entry::proceed();
    if (context.random.uniform() >= settings_.rate) return Entry::proceed();
    if (const auto* latency = std::get_if<ChaosLatency>(&settings_.inject)) return Entry::wait(latency->by);
    if (const auto* fault = std::get_if<ChaosFault>(&settings_.inject)) return Entry::refuse(fault->outcome);
    frame.narrow = 1;
    return Entry::proceed();
}

Exit Chaos::leave(Context&, Frame& frame, Outcome outcome) {
    return Exit::pass(frame.narrow == 0 ? outcome : std::get<ChaosOutcome>(settings_.inject).outcome);
}

/// Ours are Polly's: InjectionRate 0.001, a latency of 30 s.
ChaosSettings ChaosSettings::of(Dialect) { return {}; }

}  // namespace stampede
