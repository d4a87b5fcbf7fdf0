#pragma once
/// A stack of layers as settings, and how it becomes a pipeline.

#include <memory>
#include <variant>
#include <vector>

#include "policies/adaptive_rate/adaptive_rate.hpp"
#include "policies/balance/balance.hpp"
#include "policies/breaker/breaker.hpp"
#include "policies/budget/budget.hpp"
#include "policies/bulkhead/bulkhead.hpp"
#include "policies/chaos/chaos.hpp"
#include "policies/concurrency/concurrency.hpp"
#include "policies/core/pipeline.hpp"
#include "policies/fallback/fallback.hpp"
#include "policies/hedge/hedge.hpp"
#include "policies/rate_limit/rate_limit.hpp"
#include "policies/retry/retry.hpp"
#include "policies/shedding/shed.hpp"
#include "policies/throttle/throttle.hpp"
#include "policies/timeout/timeout.hpp"

namespace stampede {

/// The list of policies: a new family is one more alternative here.
using LayerSettings = std::variant<FallbackSettings, TimeoutSettings, RetrySettings, BreakerSettings, BulkheadSettings,
                                   HedgeSettings, BudgetSettings, AdaptiveRateSettings, RateLimitSettings,
                                   ThrottleSettings, ConcurrencySettings, ShedSettings, ChaosSettings, BalanceSettings>;

/// Outermost first.
using StackSettings = std::vector<LayerSettings>;

/// Who shares one instance of this layer. Layers without state of their own answer `all`.
[[nodiscard]] Scope scope_of(const LayerSettings& settings);

/// Throws std::invalid_argument that names every value out of range and every contradiction, such as
/// "timeout.after: is 0.000000, must be above 0.000000 and at most 86400.000000". For settings made in code: those read
/// from a scenario are checked.
void validate(const LayerSettings& settings);

/// One instance. Does not validate. `number` is what the observer will know it by. The settings must outlive the layer.
[[nodiscard]] std::unique_ptr<Layer> make_layer(const LayerSettings& settings, std::uint32_t number);

}  // namespace stampede
