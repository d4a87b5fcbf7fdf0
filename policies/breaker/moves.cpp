/// How a breaker moves from state to state, and what is due at a time.

#include <algorithm>

#include "policies/breaker/breaker.hpp"
#include "policies/breaker/extras.hpp"

namespace stampede {

void Breaker::catch_up(Instant now, Stream& random, Observer& observer, Waker& waker) {
    catch_up(Surrounds{now, random, observer, waker}, true);
}

/// Completions at the very time of a move come before it, calls after it.
void Breaker::catch_up(const Surrounds& s, bool up_to_now) {
    if (settings_->half_open.timed || settings_->half_open.max_wait || settings_->judged_every)
        make_due_moves(s, up_to_now);
    if (state_ != BreakerState::closed || !window_.interval_is_over(s.now)) return;
    window_.clear(s.now);
    consecutive_ = 0;
    begin_era();
}

void Breaker::make_due_moves(const Surrounds& s, bool up_to_now) {
    for (;;) {
        if (settings_->judged_every) judge_by_the_clock(s, up_to_now);
        const bool is_due = up_to_now ? until_ <= s.now : until_ < s.now;
        if (!is_due) return;
        const Surrounds then{until_, s.random, s.observer, s.waker};
        if (state_ == BreakerState::open && settings_->half_open.timed) {
            move(then, BreakerState::half_open, BreakerReason::open_time_over, 0);
        } else if (state_ == BreakerState::half_open && settings_->half_open.max_wait) {
            const bool opens = settings_->half_open.after_wait == AfterWait::open;
            move(then, opens ? BreakerState::open : BreakerState::closed, BreakerReason::half_open_time_over,
                 trial_counts_.failures);
        } else {
            return;
        }
    }
}

/// Nothing has come since the last event, so that only time can have changed what the window holds.
void Breaker::judge_by_the_clock(const Surrounds& s, bool up_to_now) {
    const Duration every = *settings_->judged_every;
    const std::int64_t due = (s.now.time_since_epoch() - Duration{up_to_now ? 0 : 1}) / every;
    while (extras_->judged < due && state_ == BreakerState::closed) {
        const Surrounds then{Instant{} + ++extras_->judged * every, s.random, s.observer, s.waker};
        const Measured measured = window_.measured(then.now);
        if (measured.calls == 0) break;
        if (const auto reason = reason_to_open(then.now)) move(then, BreakerState::open, *reason, measured.failures);
        if (!settings_->window->time) break;
    }
    extras_->judged = std::max(extras_->judged, due);
}

void Breaker::move(const Surrounds& s, BreakerState to, BreakerReason reason, std::uint32_t failures, Keep keep) {
    const BreakerState from = state_;
    state_ = to;
    begin_era();
    if (to == BreakerState::closed) openings_ = 0;
    if (to == BreakerState::open) ++openings_;
    const Emptied emptied = settings_->emptied;
    if (keep == Keep::nothing &&
        (emptied == Emptied::always || (emptied == Emptied::closing && to == BreakerState::closed))) {
        window_.clear(s.now);
        consecutive_ = 0;
    }
    until_ = end_of_stay(s, reason);
    note_calm();
    s.observer.breaker_changed(s.now, {number_, from, to, reason, failures});
    if (from == BreakerState::half_open) wake_all(s.waker);
}

Instant Breaker::end_of_stay(const Surrounds& s, BreakerReason reason) {
    switch (state_) {
        case BreakerState::closed:
            return settings_->ramp ? s.now + settings_->ramp->over : s.now;
        case BreakerState::half_open:
            return settings_->half_open.max_wait ? s.now + *settings_->half_open.max_wait : Instant::max();
        case BreakerState::open:
            break;
    }
    if (reason == BreakerReason::forced) return Instant::max();
    last_open_ = open_time(s.random);
    if (settings_->open_until == OpenUntil::passed) last_open_ += Duration{1};
    return s.now + last_open_;
}

Duration Breaker::open_time(Stream& random) {
    const auto& backoff = settings_->open_backoff;
    const Duration first = backoff ? nominal(*backoff, 1) : settings_->open_for;
    const DelayRequest request{.nominal = backoff ? nominal(*backoff, openings_) : first,
                               .base = first,
                               .previous = openings_ == 1 ? first : last_open_,
                               .cap = backoff ? cap(*backoff) : first};
    return draw(settings_->open_jitter, request, random);
}

/// Comes round after 2^30 eras, which no call outlasts.
void Breaker::begin_era() noexcept {
    constexpr std::uint32_t eras = 1U << 30U;
    if (++era_ == eras) era_ = 1;
    trials_ = 0;
    trial_counts_ = {};
}

void Breaker::wake_all(Waker& waker) {
    if (!extras_) return;
    for (std::uint32_t left = extras_->room.size(); left > 0; --left) waker.wake(extras_->room.pop());
}

}  // namespace stampede
