#include "policies/budget/budget.hpp"

namespace stampede {
namespace {

/// Calls `use(rule, state)` with the rule that is chosen and its state.
template <class Rule, class State, class Use>
decltype(auto) with_rule(const Rule& rule, State& state, Use&& use) {
    return std::visit(
        [&](const auto& chosen) -> decltype(auto) {
            using Chosen = std::decay_t<decltype(chosen)>;
            return use(chosen, *std::get_if<typename Chosen::State>(&state));
        },
        rule);
}

}  // namespace

Budget::Budget(const BudgetSettings& settings) : rule_(settings.rule) {
    std::visit([&](const auto& chosen) { state_.emplace<typename std::decay_t<decltype(chosen)>::State>(); }, rule_);
}

void Budget::begin(Instant now) {
    ++load_.inside;
    if (const auto* deposits = std::get_if<DepositsRule>(&rule_))
        deposits->begin(*std::get_if<DepositsRule::State>(&state_), now);
}

Grant Budget::ask(ExtraAttempt kind, Instant now, Outcome after) {
    const Grant grant =
        with_rule(rule_, state_, [&](const auto& rule, auto& state) { return rule.ask(state, load_, now, after); });
    if (grant == Grant::none) return grant;
    ++load_.extra;
    if (kind == ExtraAttempt::hedge) ++load_.hedges;
    return grant;
}

void Budget::release(ExtraAttempt kind) noexcept {
    --load_.extra;
    if (kind == ExtraAttempt::hedge) --load_.hedges;
}

double Budget::fill(Instant now) {
    return with_rule(rule_, state_, [&](const auto& rule, auto& state) { return rule.fill(state, now); });
}

void Budget::settled(bool success) {
    if (const auto* bucket = std::get_if<HalfBucketRule>(&rule_))
        bucket->settled(*std::get_if<HalfBucketRule::State>(&state_), success);
}

void Budget::succeeded(Grant last) {
    if (const auto* quota = std::get_if<QuotaRule>(&rule_))
        quota->succeeded(*std::get_if<QuotaRule::State>(&state_), last);
}

Entry BudgetLayer::enter(Context& context, Frame&) {
    budget_.begin(context.now);
    return Entry::proceed();
}

Exit BudgetLayer::leave(Context& context, Frame& frame, Outcome outcome) {
    cancel(context, frame);
    return Exit::pass(outcome);
}

void BudgetLayer::cancel(Context&, Frame&) { budget_.end(); }

}  // namespace stampede
