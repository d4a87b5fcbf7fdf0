#include "policies/stack.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>
#include <string>

#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

template <class L>
bool makes(const LayerSettings& settings) {
    return dynamic_cast<L*>(make_layer(settings, 0).get()) != nullptr;
}

}  // namespace

TEST_CASE("every family makes its layer") {
    static_assert(std::variant_size_v<LayerSettings> == 14, "a new family needs a line here");
    CHECK(makes<Fallback>(FallbackSettings{}));
    CHECK(makes<Timeout>(TimeoutSettings{1s}));
    CHECK(makes<Retry>(RetrySettings{}));
    CHECK(makes<Breaker>(BreakerSettings{}));
    CHECK(makes<Bulkhead>(BulkheadSettings{}));
    CHECK(makes<Hedge>(HedgeSettings{.after = 1s}));
    CHECK(makes<BudgetLayer>(BudgetSettings{}));
    CHECK(makes<AdaptiveRate>(AdaptiveRateSettings{}));
    CHECK(makes<RateLimit>(RateLimitSettings{}));
    CHECK(makes<Throttle>(ThrottleSettings{}));
    CHECK(makes<Concurrency>(ConcurrencySettings{}));
    CHECK(makes<Shed>(ShedSettings{}));
    CHECK(makes<Chaos>(ChaosSettings{}));
    CHECK(makes<Balance>(BalanceSettings{}));
}

TEST_CASE("layers with a state have the scope that their settings say, the others are everyone's") {
    for (const Scope scope : {Scope::client, Scope::group, Scope::all}) {
        CHECK(scope_of(BreakerSettings{.scope = scope}) == scope);
        CHECK(scope_of(BulkheadSettings{.scope = scope}) == scope);
        CHECK(scope_of(BudgetSettings{.scope = scope}) == scope);
        CHECK(scope_of(AdaptiveRateSettings{.scope = scope}) == scope);
        CHECK(scope_of(RetrySettings{.budget = BudgetSettings{.scope = scope}}) == scope);
        CHECK(scope_of(RateLimitSettings{.scope = scope}) == scope);
        CHECK(scope_of(ThrottleSettings{.scope = scope}) == scope);
        CHECK(scope_of(ConcurrencySettings{.scope = scope}) == scope);
        CHECK(scope_of(ShedSettings{.scope = scope}) == scope);
        CHECK(scope_of(BalanceSettings{.scope = scope}) == scope);
        CHECK(scope_of(HedgeSettings{.measured = QuantileDelay{}, .scope = scope}) == scope);
        CHECK(scope_of(FallbackSettings{.value = FallbackValue::cached, .max_age = 1s, .scope = scope}) == scope);
    }
    CHECK(scope_of(FallbackSettings{}) == Scope::all);
    CHECK(scope_of(TimeoutSettings{1s}) == Scope::all);
    CHECK(scope_of(RetrySettings{}) == Scope::all);
    CHECK(scope_of(HedgeSettings{.after = 1s}) == Scope::all);
}

TEST_CASE("a breaker is known to the observer by the number that it was made with") {
    const LayerSettings settings = BreakerSettings{.failure_threshold = 1};
    const std::unique_ptr<Layer> breaker = make_layer(settings, 4711);
    Bench bench;
    Context context = bench.context();
    Frame frame;
    breaker->enter(context, frame);
    breaker->leave(context, frame, Outcome::transient);
    REQUIRE(bench.record.transitions.size() == 1);
    CHECK(bench.record.transitions[0].breaker == 4711);
}

TEST_CASE("the defaults of every family are valid") {
    CHECK_NOTHROW(validate(FallbackSettings{}));
    CHECK_NOTHROW(validate(TimeoutSettings{1s}));
    CHECK_NOTHROW(validate(RetrySettings{}));
    CHECK_NOTHROW(validate(BreakerSettings{}));
    CHECK_NOTHROW(validate(BulkheadSettings{}));
    CHECK_NOTHROW(validate(HedgeSettings{}));
    CHECK_NOTHROW(validate(RateLimitSettings{}));
    CHECK_NOTHROW(validate(ThrottleSettings{}));
    CHECK_NOTHROW(validate(ConcurrencySettings{}));
    CHECK_NOTHROW(validate(ShedSettings{}));
    CHECK_NOTHROW(validate(ChaosSettings{}));
    CHECK_NOTHROW(validate(BalanceSettings{}));
}

TEST_CASE("every mistake in settings is named with its path, and all of them at once") {
    const auto complaint = [](const LayerSettings& settings) -> std::string {
        try {
            validate(settings);
        } catch (const std::invalid_argument& invalid) {
            return invalid.what();
        }
        return "";
    };
    using Catch::Contains;
    CHECK(complaint(TimeoutSettings{0s}) ==
          "timeout.after: is 0.000000, must be above 0.000000 and at most 86400.000000");
    const std::string breaker = complaint(BreakerSettings{.failure_threshold = 0,
                                                          .window = BreakerWindow{10},
                                                          .failure_rate = std::nan(""),
                                                          .minimum_calls = 11,
                                                          .half_open = {0}});
    CHECK_THAT(breaker, Contains("breaker.failure_threshold: ") && Contains("breaker.failure_rate: ") &&
                            Contains("breaker.half_open.calls: ") && Contains("breaker.minimum_calls: ") &&
                            !Contains("breaker.window"));
    const std::string retry =
        complaint(RetrySettings{.backoff = ExponentialBackoff{2s, 0.5, 1s}, .jitter = ProportionalJitter{1.5}});
    CHECK_THAT(retry, Contains("retry.backoff.exponential.multiplier: ") &&
                          Contains("retry.backoff.exponential.max: ") &&
                          Contains("retry.jitter.proportional.factor: "));
}
