#include "policies/retry/retry.hpp"

#include <algorithm>

#include "policies/retry/progress.hpp"

namespace stampede {

void RetrySettings::check(Problems& problems) const {
    if (on.contains(Outcome::success) || on.contains(Outcome::fallback))
        problems.add("on", "an answer (success, fallback) cannot be tried again");
}

Retry::Retry(const RetrySettings& settings)
    : settings_(settings),
      heeds_pushback_(!std::holds_alternative<IgnorePushback>(settings.retry_after)),
      has_limits_(settings.max_total || settings.over_deadline != TooLate::ignore),
      capped_last_(settings.cap == CapPlace::after_jitter),
      base_(nominal(settings.backoff, 1)),
      cap_(cap(settings.backoff)),
      draw_cap_(capped_last_ ? limit(settings.backoff) : cap_),
      budget_(settings.budget ? std::make_unique<Budget>(*settings.budget) : nullptr) {
    for (std::uint32_t i = 0; i < delays_.size(); ++i) delays_[i] = nominal_delay(i + 1);
}

Duration Retry::nominal_delay(std::uint32_t step) const {
    return capped_last_ ? uncapped(settings_.backoff, step) : nominal(settings_.backoff, step);
}

Entry Retry::enter(Context& context, Frame& frame) {
    frame.narrow = RetryProgress{.attempts = 1}.word();
    if (budget_) budget_->begin(context.now);
    return Entry::proceed();
}

Exit Retry::leave(Context& context, Frame& frame, Outcome outcome) {
    if (Budget* budget = budget_of(context)) return leave_with_budget(context, frame, outcome, *budget);
    if (!may_retry(context, frame, outcome)) return Exit::pass(outcome);
    const auto delay = plan(context, frame);
    if (!delay) return Exit::pass(outcome);
    report(context, frame, *delay);
    return Exit::again(*delay);
}

bool Retry::may_retry(const Context& context, const Frame& frame, Outcome outcome) const noexcept {
    if (context.facts.for_retry && settings_.for_retry == ForRetry::give_up) return false;
    return settings_.on.contains(outcome) &&
           RetryProgress::of(frame.narrow).attempts < std::min(settings_.max_attempts, settings_.most_attempts);
}

/// The delay before the next attempt; nothing where the service or the time forbids it.
std::optional<Duration> Retry::plan(Context& context, Frame& frame) const {
    RetryProgress progress = RetryProgress::of(frame.narrow);
    const Pushback told = context.retry_after;
    const bool heeds = heeds_pushback_ && told != no_pushback;
    if (heeds && told == never_again) return std::nullopt;
    ++progress.attempts;
    ++progress.step;
    Duration delay = heeds ? pushed_back(context, frame, progress.step, told) : drawn(context, frame, progress.step);
    if (heeds && restarts()) progress.step = 0;
    if (has_limits_ && !in_time(context, delay)) return std::nullopt;
    frame.narrow = progress.word();
    return delay;
}

Duration Retry::drawn(Context& context, Frame& frame, std::uint32_t step) const {
    const DelayRequest request{.nominal = step <= delays_.size() ? delays_[step - 1] : nominal_delay(step),
                               .base = base_,
                               .previous = step == 1 ? base_ : Duration{frame.wide},
                               .cap = draw_cap_,
                               .step = step};
    const Duration delay = draw(settings_.jitter, request, frame.wide, context.random);
    return capped_last_ ? std::min(delay, request.cap) : delay;
}

void Retry::report(Context& context, const Frame& frame, Duration delay) const {
    const std::uint32_t retry = RetryProgress::of(frame.narrow).attempts - 1;
    context.observer.retry_scheduled(context.call, context.now, {retry, delay, delay == cap_});
}

}  // namespace stampede
