#include "policies/budget/rules.hpp"

namespace stampede {

Grant InFlightRatioRule::ask(State&, const BudgetLoad& load, Instant, Outcome) const {
    const double executions = static_cast<double>(load.inside) + load.extra;
    return load.extra < minimum || load.extra <= ratio * executions ? Grant::usual : Grant::none;
}

}  // namespace stampede
