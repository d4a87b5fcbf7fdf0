#include <algorithm>

#include "policies/budget/rules.hpp"

namespace stampede {

Grant HalfBucketRule::ask(State& state, const BudgetLoad&, Instant, Outcome) const {
    return 2 * (capacity() - state.taken) > capacity() ? Grant::usual : Grant::none;
}

void HalfBucketRule::settled(State& state, bool success) const {
    if (success)
        state.taken = std::max(0, state.taken - static_cast<std::int32_t>(refund * 1000 + 0.5));
    else
        state.taken = std::min(capacity(), state.taken + 1000);
}

}  // namespace stampede
