#include "policies/timeout/timeout.hpp"

#include <algorithm>

namespace stampede {
namespace {

void restore_deadline(Context& context, const Frame& frame) { context.facts.deadline = Instant{Duration{frame.wide}}; }

}  // namespace

Entry Timeout::enter(Context& context, Frame& frame) {
    Instant& deadline = context.facts.deadline;
    if (deadline <= context.now) return Entry::refuse(Outcome::timeout);
    frame.wide = deadline.time_since_epoch().count();
    const Duration time = std::min(settings_.after, deadline - context.now);
    if (settings_.deadline) deadline = std::min(deadline, context.now + settings_.after);
    return Entry::proceed(time);
}

Exit Timeout::leave(Context& context, Frame& frame, Outcome outcome) {
    restore_deadline(context, frame);
    return Exit::pass(outcome);
}

Verdict Timeout::timer(Context& context, Frame& frame) {
    restore_deadline(context, frame);
    context.facts.cancels = settings_.cancel;
    return Verdict::cut(Outcome::timeout);
}

void Timeout::cancel(Context& context, Frame& frame) { restore_deadline(context, frame); }

}  // namespace stampede
