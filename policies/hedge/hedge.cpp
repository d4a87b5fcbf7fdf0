#include "policies/hedge/hedge.hpp"

namespace stampede {

void HedgeSettings::check(Problems& problems) const {
    if (on.contains(Outcome::success) || on.contains(Outcome::fallback))
        problems.add("on", "an answer (success, fallback) needs no hedge");
}

/// Answers the time until the next one.
Duration Hedge::begin_hedge(Frame& frame) const noexcept {
    ++frame.narrow;
    ++frame.wide;
    return may_hedge(frame) ? settings_.after : no_timer;
}

Entry Hedge::enter(Context&, Frame& frame) {
    frame.wide = 1;
    return Entry::branch(settings_.after);
}

Exit Hedge::leave(Context&, Frame& frame, Outcome outcome) {
    --frame.wide;
    if (is_answer(outcome)) return Exit::pass(outcome);
    if (settings_.on.contains(outcome) && may_hedge(frame)) return Exit::beside(begin_hedge(frame));
    return frame.wide > 0 ? Exit::hold() : Exit::pass(outcome);
}

Verdict Hedge::timer(Context&, Frame& frame) { return Verdict::beside(begin_hedge(frame)); }

}  // namespace stampede
