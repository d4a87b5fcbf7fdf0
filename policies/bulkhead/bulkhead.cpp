#include "policies/bulkhead/bulkhead.hpp"

#include "policies/core/patience.hpp"

namespace stampede {

void Bulkhead::change(const BulkheadSettings& to, Waker& waker) {
    settings_ = &to;
    for (; inside_ < settings_->max_concurrent && !room_.empty(); ++inside_) waker.wake(next());
}

CallRef Bulkhead::next() noexcept { return settings_->order == WaitingOrder::fifo ? room_.pop() : room_.pop_newest(); }

Entry Bulkhead::enter(Context& context, Frame& frame) {
    if (inside_ < settings_->max_concurrent) {
        ++inside_;
        return Entry::proceed();
    }
    const Duration wait = patience(context, settings_->max_wait.value_or(no_timer));
    if (room_.size() >= settings_->max_waiting || wait == Duration::zero())
        return Entry::refuse(Outcome::bulkhead_full);
    frame.wide = room_.push(context.self);
    return Entry::wait(wait);
}

Exit Bulkhead::leave(Context& context, Frame&, Outcome outcome) {
    release(context);
    return Exit::pass(outcome);
}

Verdict Bulkhead::timer(Context& context, Frame& frame) {
    give_up(context, frame);
    return Verdict::cut(Outcome::bulkhead_full);
}

void Bulkhead::cancel(Context& context, Frame& frame) { give_up(context, frame); }

/// The call goes from wherever it is: from the waiting room, or from a place that it has, be it resumed or only woken.
void Bulkhead::give_up(Context& context, const Frame& frame) {
    if (frame.wide != 0 && room_.remove(frame.wide)) return;
    release(context);
}

/// A place that somebody waits for is handed over and never counts as free: no newcomer can slip in between.
/// More are inside than there are places only after these have become fewer.
void Bulkhead::release(Context& context) {
    if (room_.empty() || inside_ > settings_->max_concurrent) {
        --inside_;
    } else {
        context.waker.wake(next());
    }
}

}  // namespace stampede
