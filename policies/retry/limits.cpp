/// What bounds a retry besides the number of attempts: time, and the budget.

#include "policies/retry/progress.hpp"
#include "policies/retry/retry.hpp"

namespace stampede {
namespace {

/// Whether a retry may be made in view of the time after which none may begin.
bool fits(TooLate rule, Instant now, Instant end, Duration& delay) {
    if (rule == TooLate::ignore || delay <= end - now) return true;
    if (rule == TooLate::give_up || now >= end) return false;
    delay = end - now;
    return true;
}

}  // namespace

bool Retry::in_time(const Context& context, Duration& delay) const {
    if (settings_.max_total &&
        !fits(settings_.over_total, context.now, context.facts.begun + *settings_.max_total, delay))
        return false;
    return context.facts.deadline == Instant::max() ||
           fits(settings_.over_deadline, context.now, context.facts.deadline, delay);
}

Exit Retry::leave_with_budget(Context& context, Frame& frame, Outcome outcome, Budget& budget) {
    give_back(frame, budget);
    if (is_answer(outcome) || settings_.on.contains(outcome)) budget.settled(is_answer(outcome));
    const auto delay = may_retry(context, frame, outcome) ? plan(context, frame) : std::nullopt;
    const bool at_once = settings_.ask_budget == AskBudget::before_delay;
    if (!delay || (at_once && !granted(context, frame, outcome, budget))) {
        finish(frame, outcome, budget);
        return Exit::pass(outcome);
    }
    RetryProgress progress = RetryProgress::of(frame.narrow);
    progress.last = static_cast<std::uint32_t>(outcome) & 15U;
    progress.asleep = 1;
    frame.narrow = progress.word();
    budget.sleep();
    report(context, frame, *delay);
    return Exit::reconsider(*delay);
}

Verdict Retry::timer(Context& context, Frame& frame) {
    Budget& budget = *budget_of(context);
    RetryProgress progress = RetryProgress::of(frame.narrow);
    progress.asleep = 0;
    frame.narrow = progress.word();
    budget.wake();
    if (settings_.ask_budget == AskBudget::before_delay) return Verdict::nothing();
    const auto last = static_cast<Outcome>(progress.last);
    if (granted(context, frame, last, budget)) return Verdict::nothing();
    finish(frame, last, budget);
    return Verdict::cut(last);
}

bool Retry::granted(Context& context, Frame& frame, Outcome after, Budget& budget) const {
    const Grant grant = budget.ask(ExtraAttempt::retry, context.now, after);
    if (grant == Grant::none) {
        context.observer.budget_denied(context.call, context.now, ExtraAttempt::retry);
        return false;
    }
    RetryProgress progress = RetryProgress::of(frame.narrow);
    progress.grant = static_cast<std::uint32_t>(grant) & 3U;
    progress.held = 1;
    frame.narrow = progress.word();
    return true;
}

/// What the budget counts as under way for this call no longer is.
void Retry::give_back(Frame& frame, Budget& budget) const {
    RetryProgress progress = RetryProgress::of(frame.narrow);
    if (progress.held != 0) budget.release(ExtraAttempt::retry);
    if (progress.asleep != 0) budget.wake();
    progress.held = progress.asleep = 0;
    frame.narrow = progress.word();
}

void Retry::finish(const Frame& frame, Outcome outcome, Budget& budget) const {
    if (is_answer(outcome)) budget.succeeded(static_cast<Grant>(RetryProgress::of(frame.narrow).grant));
    if (budget_) budget_->end();
}

void Retry::cancel(Context& context, Frame& frame) {
    if (Budget* budget = budget_of(context)) give_back(frame, *budget);
    if (budget_) budget_->end();
}

}  // namespace stampede
