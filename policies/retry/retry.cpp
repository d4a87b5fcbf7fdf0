#include "policies/retry/retry.hpp"

namespace stampede {

void RetrySettings::check(Problems& problems) const {
    if (on.contains(Outcome::success) || on.contains(Outcome::fallback))
        problems.add("on", "an answer (success, fallback) cannot be tried again");
}

Entry Retry::enter(Context&, Frame& frame) {
    frame.narrow = 1;
    return Entry::proceed();
}

Exit Retry::leave(Context& context, Frame& frame, Outcome outcome) {
    if (!settings_.on.contains(outcome) || frame.narrow >= settings_.max_attempts) return Exit::pass(outcome);
    const std::uint32_t retry = frame.narrow++;
    const Duration base = nominal(settings_.backoff, 1);
    const DelayRequest request{.nominal = nominal(settings_.backoff, retry),
                               .base = base,
                               .previous = retry == 1 ? base : Duration{frame.wide},
                               .cap = cap(settings_.backoff)};
    const Duration delay = draw(settings_.jitter, request, context.random);
    frame.wide = delay.count();
    context.observer.retry_scheduled(context.call, context.now, {retry, delay, delay == request.cap});
    return Exit::again(delay);
}

}  // namespace stampede
