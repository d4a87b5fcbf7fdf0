#include "policies/hedge/hedge.hpp"

#include "policies/budget/budget.hpp"

namespace stampede {

/// What a call's frame remembers, in one word.
struct Hedge::Tries {
    std::uint8_t hedges = 0;  ///< begun
    std::uint8_t under_way = 0;
    bool measured = false;     ///< the first try has ended
    std::uint8_t failure = 0;  ///< the first one, plus 1; 0: none yet
    std::uint8_t held = 0;     ///< hedges that the budget counts as under way

    [[nodiscard]] static Tries in(const Frame& frame) noexcept {
        const std::uint32_t word = frame.narrow;
        return {static_cast<std::uint8_t>(word), static_cast<std::uint8_t>(word >> 8U), (word >> 16U & 1U) != 0,
                static_cast<std::uint8_t>(word >> 24U), static_cast<std::uint8_t>(word >> 17U & 0x7fU)};
    }
    void put_in(Frame& frame) const noexcept {
        frame.narrow = hedges | std::uint32_t{under_way} << 8U | std::uint32_t{measured} << 16U |
                       std::uint32_t{held} << 17U | std::uint32_t{failure} << 24U;
    }
};

void HedgeSettings::check(Problems& problems) const {
    if (on.contains(Outcome::success) || on.contains(Outcome::fallback))
        problems.add("on", "an answer (success, fallback) needs no hedge");
    if (!ends_with.contains(Outcome::success)) problems.add("ends_with", "must have success");
}

/// Until the next hedge, if there may be one.
Duration Hedge::next_delay(const Tries& tries) {
    if (tries.hedges >= settings_.max_hedges) return no_timer;
    if (const auto measured = delay_.get()) return *measured;
    return settings_.after.value_or(no_timer);
}

/// Whether the budget, where there is one, has a hedge left for this call.
bool Hedge::granted(const Context& context, Frame& frame, Outcome after) const {
    Budget* const budget = context.budget;
    if (budget == nullptr) return true;
    if (budget->ask(ExtraAttempt::hedge, context.now, after) == Grant::none) {
        context.observer.budget_denied(context.call, context.now, ExtraAttempt::hedge);
        return false;
    }
    Tries tries = Tries::in(frame);
    ++tries.held;
    tries.put_in(frame);
    return true;
}

/// Hedges that have ended, or are given up, are no longer under way.
void Hedge::give_back(const Context& context, Tries& tries, std::uint8_t count) {
    for (; count > 0 && tries.held > 0; --count, --tries.held) context.budget->release(ExtraAttempt::hedge);
}

/// Answers the time until the one after.
Duration Hedge::begin_hedge(Frame& frame) {
    Tries tries = Tries::in(frame);
    ++tries.hedges;
    ++tries.under_way;
    tries.put_in(frame);
    return next_delay(tries);
}

void Hedge::measure(const Context& context, const Frame& frame, const Tries& tries, bool answered) {
    if (!tries.measured) delay_.add(context.now, context.now - Instant{Duration{frame.wide}}, answered);
}

Entry Hedge::enter(Context& context, Frame& frame) {
    frame.wide = context.now.time_since_epoch().count();
    const Tries tries{.under_way = 1};
    tries.put_in(frame);
    return Entry::branch(next_delay(tries));
}

Exit Hedge::leave(Context& context, Frame& frame, Outcome outcome) {
    Tries tries = Tries::in(frame);
    --tries.under_way;
    const bool ends = settings_.ends_with.contains(outcome);
    if (ends || context.branch == 1) {
        measure(context, frame, tries, is_answer(outcome));
        tries.measured = true;
    }
    if (Budget* const budget = context.budget) {
        if (context.branch > 1) give_back(context, tries, 1);
        if (is_answer(outcome) || settings_.on.contains(outcome)) budget->settled(is_answer(outcome));
    }
    if (tries.failure == 0) tries.failure = static_cast<std::uint8_t>(static_cast<unsigned>(outcome) + 1);
    tries.put_in(frame);
    context.facts.cancels = settings_.cancel;
    if (ends) {
        give_back(context, tries, tries.held);
        return Exit::pass(outcome);
    }
    const bool hedge = settings_.on.contains(outcome) && tries.hedges < settings_.max_hedges;
    if (hedge && granted(context, frame, outcome)) return Exit::beside(begin_hedge(frame));
    if (tries.under_way > 0) return Exit::hold();
    return Exit::pass(settings_.failure == HedgeFailure::last ? outcome : static_cast<Outcome>(tries.failure - 1));
}

Verdict Hedge::timer(Context& context, Frame& frame) {
    return granted(context, frame, Outcome::success) ? Verdict::beside(begin_hedge(frame)) : Verdict::nothing();
}

/// Given up from further out: its first try took at least so long.
void Hedge::cancel(Context& context, Frame& frame) {
    Tries tries = Tries::in(frame);
    measure(context, frame, tries, false);
    give_back(context, tries, tries.held);
}

}  // namespace stampede
