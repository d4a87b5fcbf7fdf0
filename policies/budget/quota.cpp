#include <algorithm>

#include "policies/budget/rules.hpp"

namespace stampede {

std::uint32_t QuotaRule::price(Grant grant) const {
    switch (grant) {
        case Grant::usual:
            return cost;
        case Grant::timeout:
            return timeout_cost;
        case Grant::throttling:
            return throttling_cost;
        case Grant::none:
            break;
    }
    return refund;
}

Grant QuotaRule::ask(State& state, const BudgetLoad&, Instant, Outcome after) const {
    const Grant grant = after == Outcome::timeout    ? Grant::timeout
                        : after == Outcome::overload ? Grant::throttling
                                                     : Grant::usual;
    if (price(grant) > capacity - state.taken) return Grant::none;
    state.taken += price(grant);
    return grant;
}

void QuotaRule::succeeded(State& state, Grant last) const { state.taken -= std::min(state.taken, price(last)); }

}  // namespace stampede
