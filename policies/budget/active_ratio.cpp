#include "policies/budget/rules.hpp"

namespace stampede {

Grant ActiveRatioRule::ask(State&, const BudgetLoad& load, Instant, Outcome) const {
    const double active = load.inside - load.sleeping + load.hedges;
    return load.extra < minimum || load.extra < ratio * active ? Grant::usual : Grant::none;
}

}  // namespace stampede
