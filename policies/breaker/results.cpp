/// What comes back into a breaker, and what it makes of that.

#include <algorithm>

#include "policies/breaker/breaker.hpp"
#include "policies/breaker/extras.hpp"

namespace stampede {

void Breaker::add(Instant now, const Result& result) {
    consecutive_ = result.failure ? consecutive_ + 1 : 0;
    if (settings_->rate_of == RateOf::calls)
        window_.settled(now, {result.failure, result.slow});
    else if (window_.exists())
        window_.add(now, {result.failure, result.slow});
    note_calm();
}

/// `as`: the state whose rules it follows. A call that the present era let through follows those of the present state.
void Breaker::count(Context& context, BreakerState as, bool is_current, const Result& result) {
    context.observer.breaker_counted(context.now, number_, result.failure);
    if (as == BreakerState::half_open) return count_trial(context, is_current, result);
    add(context.now, result);
    if (state_ != BreakerState::open && as == BreakerState::closed) judge(context, result.failure);
}

bool Breaker::reaches(double rate, const std::optional<double>& limit) const noexcept {
    return limit && (settings_->compare == Compare::at_least ? rate >= *limit : rate > *limit);
}

std::optional<BreakerReason> Breaker::reason_to_open(Instant now) {
    const Measured measured = window_.measured(now);
    if (settings_->failure_count && measured.failures >= *settings_->failure_count) return BreakerReason::failure_count;
    if (measured.calls < minimum_) return std::nullopt;
    if (reaches(measured.failure_rate, settings_->failure_rate_limit())) return BreakerReason::failure_rate;
    if (reaches(measured.slow_rate, settings_->slow_rate_limit())) return BreakerReason::slow_rate;
    return std::nullopt;
}

void Breaker::judge(Context& context, bool failure) {
    if (settings_->adaptive || (settings_->judged_on == JudgedOn::failure && !failure)) return;
    if (threshold_ != 0 && consecutive_ >= threshold_)
        return move(surrounds(context), BreakerState::open, BreakerReason::consecutive_failures, consecutive_);
    if (!window_.exists() || settings_->judged_every) return;
    if (const auto reason = reason_to_open(context.now))
        move(surrounds(context), BreakerState::open, *reason, window_.measured(context.now).failures);
}

void Breaker::count_trial(Context& context, bool is_current, const Result& result) {
    const HalfOpenSettings& half_open = settings_->half_open;
    ++trial_counts_.calls;
    trial_counts_.add({result.failure, result.slow});
    if (half_open.permits == Permits::at_once && is_current) --trials_;

    bool closes = false;
    bool opens = false;
    if (half_open.decides == Decides::rates) {
        const Measured measured = trial_counts_.measured();
        const bool is_decided = measured.calls >= std::min(minimum_, half_open.calls);
        const bool is_bad = reaches(measured.failure_rate, settings_->failure_rate_limit()) ||
                            reaches(measured.slow_rate, settings_->slow_rate_limit());
        opens = is_decided && is_bad;
        closes = is_decided && !is_bad;
    } else {
        opens = trial_counts_.failures >= half_open.failures;
        closes = trial_counts_.calls - trial_counts_.failures >= half_open.successes.value_or(half_open.calls);
        if (result.failure) closes = false;
    }
    const std::uint32_t failures = trial_counts_.failures;
    if (opens && state_ != BreakerState::open) {
        move(surrounds(context), BreakerState::open, BreakerReason::trial_failed, failures);
    } else if (closes && state_ == BreakerState::half_open) {
        move(surrounds(context), BreakerState::closed, BreakerReason::trials_succeeded, failures);
    } else if (closes && settings_->trials_in_window && settings_->emptied != Emptied::never) {
        window_.clear(context.now);  // it closes nothing any more, but what it says of the service is true
        consecutive_ = 0;
    }
    if (settings_->trials_in_window) add(context.now, result);
}

/// An outcome that counts as neither came back.
void Breaker::take_back(Context& context, bool was_trial, bool is_current) {
    // Counted as of the present state, any such outcome gives a permit back, though it took none.
    if (settings_->stale != Stale::counted && !was_trial) return;
    if (state_ != BreakerState::half_open) return;
    switch (settings_->half_open.ignored) {
        case IgnoredTrial::gives_back:
            if (is_current || settings_->stale == Stale::counted) --trials_;
            return;
        case IgnoredTrial::succeeds:
            return count(context, BreakerState::half_open, is_current, {false, false, false});
        case IgnoredTrial::closes:
            return move(surrounds(context), BreakerState::closed, BreakerReason::trials_succeeded,
                        trial_counts_.failures, Keep::window);
    }
}

void Breaker::trial_ended(Context& context, std::uint32_t era) {
    if (!extras_) return;
    auto& trials = extras_->trials;
    const auto found = std::find(trials.begin(), trials.end(), era);
    if (found != trials.end()) trials.erase(found);
    wake_all(context.waker);
}

}  // namespace stampede
