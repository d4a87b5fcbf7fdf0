#include "policies/stack.hpp"

#include <catch2/catch.hpp>

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
    static_assert(std::variant_size_v<LayerSettings> == 5, "a new family needs a line here");
    CHECK(makes<Fallback>(FallbackSettings{}));
    CHECK(makes<Timeout>(TimeoutSettings{1s}));
    CHECK(makes<Retry>(RetrySettings{}));
    CHECK(makes<Breaker>(BreakerSettings{}));
    CHECK(makes<Bulkhead>(BulkheadSettings{}));
}

TEST_CASE("layers with a state have the scope that their settings say, the others are everyone's") {
    for (const Scope scope : {Scope::client, Scope::group, Scope::all}) {
        CHECK(scope_of(BreakerSettings{.scope = scope}) == scope);
        CHECK(scope_of(BulkheadSettings{.scope = scope}) == scope);
    }
    CHECK(scope_of(FallbackSettings{}) == Scope::all);
    CHECK(scope_of(TimeoutSettings{1s}) == Scope::all);
    CHECK(scope_of(RetrySettings{}) == Scope::all);
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
