/// The SRE book's client-side throttling (chapter 21): where a backend accepts a rate a, what is sent settles at K·a,
/// since (requests − K·accepts)/requests is turned away and the rest is sent.

#include <catch2/catch.hpp>

#include "tests/sim/support/build.hpp"
#include "tests/sim/support/outcomes.hpp"

using namespace stampede;
using namespace stampede::test;

TEST_CASE("SRE book: with throttling, K times what the backend accepts is sent") {
    for (const double k : {1.5, 2.0, 3.0}) {
        // Six times as many calls as the backend can do; it turns the others away at once.
        Build build;
        build.serving(20, exponential_time(20ms)).open(600, 10).lasting(120s, 40s);
        build.service().queue.limit = 50;
        build.layer(ThrottleSettings{.scope = Scope::all, .k = k, .window = 20s});
        const sim::Result result = run_once(build.scenario());
        INFO("K = " << k);
        CHECK(get(result, Metric::attempts_total) / get(result, Metric::attempts_ok) == Approx(k).epsilon(0.03));
        CHECK(get(result, Metric::requests_goodput) == Approx(1000).epsilon(0.03));
    }
}
