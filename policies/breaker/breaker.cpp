#include "policies/breaker/breaker.hpp"

namespace stampede {
namespace {

constexpr std::uint32_t default_threshold = 5;

std::uint32_t threshold_of(const BreakerSettings& settings) {
    return settings.failure_threshold.value_or(settings.window ? 0 : default_threshold);
}

}  // namespace

void BreakerSettings::check(Problems& problems) const {
    if (window && minimum_calls > window->count)
        problems.add("minimum_calls", "minimum_calls (" + std::to_string(minimum_calls) +
                                          ") must not exceed window.count (" + std::to_string(window->count) +
                                          "): the breaker could never open on its failure rate");
    if (on.empty()) problems.add("on", "on must name at least one outcome: the breaker could never open");
    if (on.contains(Outcome::success) || on.contains(Outcome::fallback))
        problems.add("on", "an answer (success, fallback) cannot count as a failure");
    for (const OutcomeName& each : outcome_names)
        if (on.contains(each.outcome) && ignore.contains(each.outcome))
            problems.add("ignore", std::string(each.name) + " is both in on and in ignore");
}

Breaker::Breaker(const BreakerSettings& settings, std::uint32_t number)
    : settings_(&settings),
      window_(settings.window ? settings.window->count : 0),
      number_(number),
      threshold_(threshold_of(settings)) {
    note_calm();
}

void Breaker::change(const BreakerSettings& to) {
    const std::uint32_t capacity = to.window ? to.window->count : 0;
    if (capacity != window_.capacity()) window_ = window_.resized(capacity);
    if (state_ == BreakerState::half_open && to.half_open.calls != settings_->half_open.calls) {
        ++era_;
        trials_ = trial_successes_ = 0;
    }
    threshold_ = threshold_of(to);
    settings_ = &to;
    note_calm();
}

Entry Breaker::enter(Context& context, Frame& frame) {
    if (state_ == BreakerState::open && context.now - opened_at_ >= settings_->open_for)
        move(context, BreakerState::half_open, BreakerReason::open_time_over, 0);
    if (state_ == BreakerState::open) return Entry::refuse(Outcome::breaker_open);
    if (state_ == BreakerState::half_open) {
        if (trials_ >= settings_->half_open.calls) return Entry::refuse(Outcome::breaker_open);
        ++trials_;
    }
    frame.wide = era_;
    return Entry::proceed();
}

Exit Breaker::leave(Context& context, Frame& frame, Outcome outcome) {
    if (settings_->ignore.contains(outcome)) {
        cancel(context, frame);
    } else if (is_current(frame)) {
        const bool failure = settings_->on.contains(outcome);
        context.observer.breaker_counted(context.now, number_, failure);
        // A call of the current era was let through, so the breaker is not open.
        state_ == BreakerState::closed ? count(context, failure) : count_trial(context, failure);
    }
    return Exit::pass(outcome);
}

bool Breaker::enter_unchanged(Frame& frame, Duration&) const noexcept {
    frame.wide = calm_era_.load(std::memory_order_acquire);
    return frame.wide != not_calm;
}

/// A success is never a failure by settings, so that these, which may be changing, need not be looked at.
bool Breaker::leave_unchanged(const Frame& frame, Outcome outcome) const noexcept {
    return outcome == Outcome::success && calm_era_.load(std::memory_order_acquire) == frame.wide;
}

/// To be called after whatever may have made a success matter, or not matter any more.
void Breaker::note_calm() noexcept {
    const bool full_of_successes = window_.size() == window_.capacity() && window_.failures() == 0;
    const bool calm = state_ == BreakerState::closed && consecutive_ == 0 && full_of_successes;
    calm_era_.store(calm ? era_ : not_calm, std::memory_order_release);
}

void Breaker::cancel(Context&, Frame& frame) {
    if (is_current(frame) && state_ == BreakerState::half_open) --trials_;
}

void Breaker::count(Context& context, bool failure) {
    consecutive_ = failure ? consecutive_ + 1 : 0;
    if (window_.capacity() != 0) window_.push(failure);
    note_calm();
    if (threshold_ != 0 && consecutive_ >= threshold_)
        return move(context, BreakerState::open, BreakerReason::consecutive_failures, consecutive_);
    if (window_.size() == 0 || window_.size() < settings_->minimum_calls) return;
    // The quotient, not the product: 7 of 100 is then exactly what 0.07 is read as.
    const double rate = static_cast<double>(window_.failures()) / static_cast<double>(window_.size());
    if (rate >= settings_->failure_rate)
        move(context, BreakerState::open, BreakerReason::failure_rate, window_.failures());
}

void Breaker::count_trial(Context& context, bool failure) {
    if (failure) return move(context, BreakerState::open, BreakerReason::trial_failed, 1);
    if (++trial_successes_ >= settings_->half_open.calls)
        move(context, BreakerState::closed, BreakerReason::trials_succeeded, 0);
}

void Breaker::move(Context& context, BreakerState to, BreakerReason reason, std::uint32_t failures) {
    const BreakerState from = state_;
    state_ = to;
    ++era_;
    consecutive_ = trials_ = trial_successes_ = 0;
    window_.clear();
    if (to == BreakerState::open) opened_at_ = context.now;
    note_calm();
    context.observer.breaker_changed(context.now, {number_, from, to, reason, failures});
}

}  // namespace stampede
