#include "policies/breaker/breaker.hpp"

#include <algorithm>

#include "policies/breaker/extras.hpp"
#include "policies/core/same.hpp"

namespace stampede {
namespace {

// In a frame: the state in which the call was let through, beside the era.
constexpr std::uint32_t state_bits = 2;
constexpr std::uint32_t waiting = 3;
/// A call that a real breaker would have refused: what becomes of it is nobody's business.
constexpr std::uint32_t unseen = 0;

constexpr std::uint32_t state_in(std::uint32_t tag) { return tag & 3U; }
constexpr std::uint32_t era_in(std::uint32_t tag) { return tag >> state_bits; }

bool needs_extras(const BreakerSettings& s) {
    return s.adaptive || s.judged_every || s.half_open.others == Others::wait;
}

bool same_open_time(const BreakerSettings& a, const BreakerSettings& b) {
    return a.open_for == b.open_for && same(a.open_backoff, b.open_backoff);
}

}  // namespace

Breaker::Breaker(const BreakerSettings& settings, std::uint32_t number)
    : settings_(&settings), window_(settings.window, settings.buckets), number_(number) {
    adopt(settings);
}

Breaker::~Breaker() = default;

void Breaker::adopt(const BreakerSettings& settings) {
    settings_ = &settings;
    threshold_ = settings.consecutive_limit().value_or(0);
    minimum_ = settings.minimum();
    simple_ = settings.mode == BreakerMode::normal && !settings.ramp && !settings.adaptive && !settings.judged_every &&
              settings.rate_of == RateOf::outcomes && !(settings.window && settings.window->interval);
    if (needs_extras(settings) && !extras_) extras_ = std::make_unique<Extras>();
    if (settings.adaptive && !extras_->adaptive) extras_->adaptive.emplace(*settings.adaptive);
    note_calm();
}

void Breaker::change(const BreakerSettings& to) {
    if (settings_->window != to.window || settings_->buckets != to.buckets) window_.change(to.window, to.buckets);
    if (state_ == BreakerState::half_open && to.half_open.calls != settings_->half_open.calls) begin_era();
    const bool was_forced = settings_->mode == BreakerMode::forced_open;
    if (was_forced && to.mode != BreakerMode::forced_open) {
        until_ = Instant{};  // what was forced open has no end; it is to be tried
    } else if (state_ == BreakerState::open && !was_forced && !same_open_time(*settings_, to)) {
        const Instant opened = until_ - last_open_;
        last_open_ = to.open_backoff ? nominal(*to.open_backoff, openings_) : to.open_for;
        until_ = opened + last_open_;
    }
    adopt(to);
}

std::uint32_t Breaker::tag(BreakerState state) const noexcept {
    return era_ << state_bits | static_cast<std::uint32_t>(state);
}

Breaker::Surrounds Breaker::surrounds(Context& context) noexcept {
    return {context.now, context.random, context.observer, context.waker};
}

Entry Breaker::let_through(Context& context, Frame& frame) noexcept {
    frame.narrow = tag(state_);
    frame.wide = context.now.time_since_epoch().count();
    return Entry::proceed();
}

Entry Breaker::refuse(Frame& frame) const noexcept {
    if (settings_->mode != BreakerMode::metrics_only) return Entry::refuse(Outcome::breaker_open);
    frame.narrow = unseen;
    return Entry::proceed();
}

Entry Breaker::enter(Context& context, Frame& frame) {
    if (simple_ && state_ == BreakerState::closed) return let_through(context, frame);
    if (settings_->mode == BreakerMode::forced_closed || settings_->mode == BreakerMode::forced_open) {
        const bool open = settings_->mode == BreakerMode::forced_open;
        const BreakerState to = open ? BreakerState::open : BreakerState::closed;
        if (state_ != to) move(surrounds(context), to, BreakerReason::forced, 0);
        frame.narrow = unseen;
        return open ? Entry::refuse(Outcome::breaker_open) : Entry::proceed();
    }
    catch_up(surrounds(context), true);
    if (settings_->rate_of == RateOf::calls) window_.arrived(context.now);
    return decide(context, frame);
}

Entry Breaker::decide(Context& context, Frame& frame) {
    if (state_ == BreakerState::open) {
        if (context.now < until_) return refuse(frame);
        move(surrounds(context), BreakerState::half_open, BreakerReason::open_time_over, 0);
    }
    return state_ == BreakerState::half_open ? try_out(context, frame) : decide_closed(context, frame);
}

Entry Breaker::decide_closed(Context& context, Frame& frame) {
    if (settings_->ramp && context.now < until_) {
        const double left = to_seconds(until_ - context.now) / to_seconds(settings_->ramp->over);
        const double share = 1 - (1 - settings_->ramp->from) * left;
        if (context.random.uniform() >= share) return refuse(frame);
    }
    if (settings_->adaptive) {
        extras_->adaptive->catch_up(*settings_->adaptive, context.now);
        if (context.random.uniform() < extras_->adaptive->refused_share()) return refuse(frame);
    }
    return let_through(context, frame);
}

Entry Breaker::try_out(Context& context, Frame& frame) {
    const HalfOpenSettings& half_open = settings_->half_open;
    const bool has_permit = trials_ < static_cast<std::int32_t>(half_open.calls);
    if (!has_permit && half_open.others == Others::wait) return wait(context, frame);
    if (!has_permit && half_open.others == Others::refuse) return refuse(frame);
    ++trials_;
    if (half_open.others == Others::wait) extras_->trials.push_back(era_);
    return let_through(context, frame);
}

Entry Breaker::wait(Context& context, Frame& frame) {
    if (settings_->mode == BreakerMode::metrics_only || extras_->room.size() >= settings_->half_open.max_waiting)
        return refuse(frame);
    frame.narrow = era_ << state_bits | waiting;
    frame.wide = extras_->room.push(context.self);
    return Entry::wait(until_ == Instant::max() ? no_timer : until_ - context.now);
}

/// Whoever waited asks again; what it waited for is a trial of the era in which it came.
Entry Breaker::resume(Context& context, Frame& frame) {
    catch_up(surrounds(context), true);
    const std::uint32_t era = era_in(frame.narrow);
    const auto& trials = extras_->trials;
    if (settings_->stale == Stale::as_let_through && era != era_ &&
        std::find(trials.begin(), trials.end(), era) != trials.end()) {
        frame.wide = extras_->room.push(context.self);
        return Entry::wait();
    }
    return decide(context, frame);
}

Verdict Breaker::timer(Context& context, Frame&) {
    catch_up(surrounds(context), true);  // wakes it
    return Verdict::nothing();
}

Exit Breaker::leave(Context& context, Frame& frame, Outcome outcome) {
    if (frame.narrow == unseen) return Exit::pass(outcome);
    const auto& slow_after = settings_->slow_after;
    const Result result{settings_->ignore.contains(outcome), settings_->on.contains(outcome),
                        slow_after && context.now.time_since_epoch().count() - frame.wide > slow_after->count()};
    if (simple_ && frame.narrow == tag(BreakerState::closed)) {
        if (result.ignored) return Exit::pass(outcome);
        context.observer.breaker_counted(context.now, number_, result.failure);
        add(context.now, result);
        judge(context, result.failure);
    } else {
        settle(context, frame, result);
    }
    return Exit::pass(outcome);
}

bool Breaker::enter_unchanged(Frame& frame, Duration&) const noexcept {
    frame.narrow = calm_.load(std::memory_order_acquire);
    return frame.narrow != unseen;
}

/// A success is never a failure by settings, so that these, which may be changing, need not be looked at.
bool Breaker::leave_unchanged(const Frame& frame, Outcome outcome) const noexcept {
    return outcome == Outcome::success && calm_.load(std::memory_order_acquire) == frame.narrow;
}

/// To be called after whatever may have made a success matter, or not matter any more.
void Breaker::note_calm() noexcept {
    const bool calm = simple_ && state_ == BreakerState::closed && consecutive_ == 0 && !settings_->slow_after &&
                      window_.holds_nothing_but_successes();
    calm_.store(calm ? tag(state_) : unseen, std::memory_order_release);
}

void Breaker::cancel(Context& context, Frame& frame) {
    if (frame.narrow == unseen) return;
    if (state_in(frame.narrow) == waiting) {
        extras_->room.remove(frame.wide);
        return;
    }
    catch_up(surrounds(context), false);
    const bool was_trial = state_in(frame.narrow) == static_cast<std::uint32_t>(BreakerState::half_open);
    const bool is_current = era_in(frame.narrow) == era_;
    if (was_trial && is_current && settings_->half_open.ignored == IgnoredTrial::succeeds) {
        count(context, BreakerState::half_open, true, {false, false, false});
    } else if (was_trial && is_current) {
        --trials_;
    }
    if (was_trial) trial_ended(context, era_in(frame.narrow));
}

void Breaker::settle(Context& context, Frame& frame, const Result& result) {
    catch_up(surrounds(context), false);
    const std::uint32_t era = era_in(frame.narrow);
    const auto admitted = static_cast<BreakerState>(state_in(frame.narrow));
    const bool was_trial = admitted == BreakerState::half_open;
    const bool is_current = era == era_;
    if (extras_ && extras_->adaptive && !result.ignored) extras_->adaptive->settled(context.now, result.failure);
    if (result.failure && !result.ignored && state_ == BreakerState::open &&
        settings_->open_from == OpenFrom::last_failure)
        until_ = context.now + last_open_;
    if (is_current || settings_->stale != Stale::discarded) {
        const bool as_admitted = settings_->stale == Stale::as_let_through;
        if (result.ignored) {
            take_back(context, was_trial, is_current);
        } else {
            count(context, as_admitted ? admitted : state_, is_current, result);
        }
    }
    if (was_trial) trial_ended(context, era);
}

}  // namespace stampede
