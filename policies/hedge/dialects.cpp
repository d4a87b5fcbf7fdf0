/// How other libraries hedge where nothing is said. Where a library has no default delay, "after" or "measured" must be
/// given to hedge by time.

#include "policies/hedge/hedge.hpp"

namespace stampede {
namespace {

OutcomeSet all_but(OutcomeSet these) {
    OutcomeSet others;
    for (const OutcomeName& each : outcome_names)
        if (!these.contains(each.outcome)) others.insert(each.outcome);
    return others;
}

}  // namespace

HedgeSettings HedgeSettings::of(Dialect dialect) {
    switch (dialect) {
        case Dialect::polly:  // HedgingStrategyOptions: MaxHedgedAttempts 1, Delay 2 s; what is not handled ends it
            return {.after = std::chrono::seconds{2},
                    .ends_with = all_but(service_failures),
                    .failure = HedgeFailure::first,
                    .cancel = true};
        case Dialect::grpc:  // hedgingDelay 0: all at once; nonFatalStatusCodes []: any status ends it
            return {.after = Duration{}, .on = {}, .ends_with = all_but({}), .cancel = true};
        case Dialect::resilience4j:  // any that completes first ends it, a failure too
            return {.on = {}, .ends_with = all_but({})};
        case Dialect::failsafe:  // maxHedges 1, cancels on any result
            return {.on = {}, .ends_with = all_but({}), .cancel = true};
        case Dialect::envoy:  // hedge_on_per_try_timeout: the first try goes on; what is not retriable ends it
            return {.ends_with = all_but(service_failures), .cancel = true};
        case Dialect::finagle:  // BackupRequestFilter: maxExtraLoad 1 %, minSendBackupAfterMs 1, sendInterrupts
            return {.measured = QuantileDelay{.quantile = 0.99}, .on = {}, .cancel = true};
        default:
            return {};
    }
}

}  // namespace stampede
