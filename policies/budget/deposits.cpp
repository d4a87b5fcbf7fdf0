#include <algorithm>
#include <numeric>

#include "policies/budget/rules.hpp"

namespace stampede {

/// Forgets what is older than the ttl.
void DepositsRule::roll(State& state, Instant now) const {
    const std::int64_t slice = now.time_since_epoch() / (ttl / slices);
    const std::int64_t passed = std::min<std::int64_t>(slice - state.newest, slices);
    for (std::int64_t i = 0; i < passed; ++i) state.slice[static_cast<std::size_t>((slice - i) % slices)] = 0;
    state.newest = slice;
}

void DepositsRule::begin(State& state, Instant now) const {
    roll(state, now);
    state.slice[static_cast<std::size_t>(state.newest % slices)] += ratio;
}

double DepositsRule::balance(State& state, Instant now) const {
    roll(state, now);
    const double reserve = min_per_second.per_second * to_seconds(ttl);
    // What was taken is forgotten later than the deposits that it was taken from: the sum may fall below zero.
    return std::max(0.0, std::accumulate(state.slice.begin(), state.slice.end(), reserve));
}

double DepositsRule::fill(State& state, Instant now) const {
    const double full = std::max(1.0, min_per_second.per_second * to_seconds(ttl));
    return std::min(1.0, balance(state, now) / full);
}

Grant DepositsRule::ask(State& state, const BudgetLoad&, Instant now, Outcome) const {
    constexpr double rounding = 1e-3;  // five deposits of 0.2 pay for one attempt, whatever rounding makes of them
    if (balance(state, now) < 1 - rounding) return Grant::none;
    state.slice[static_cast<std::size_t>(state.newest % slices)] -= 1;
    return Grant::usual;
}

}  // namespace stampede
