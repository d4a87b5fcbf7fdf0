#include "policies/timeout/timeout.hpp"

#include <catch2/catch.hpp>

#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

TEST_CASE("a timeout asks for its time on entry and gives up with a timeout when it has come") {
    Bench bench;
    Timeout timeout{{.after = 250ms}};
    Frame frame;
    Context context = bench.context();
    const Entry entry = timeout.enter(context, frame);
    CHECK(entry.kind == Entry::Kind::proceed);
    CHECK(entry.timer == 250ms);
    const Verdict verdict = timeout.timer(context, frame);
    CHECK(verdict.kind == Verdict::Kind::cut);
    CHECK(verdict.outcome == Outcome::timeout);
}

TEST_CASE("a timeout passes on whatever comes in time") {
    Bench bench;
    Timeout timeout{{.after = 250ms}};
    Frame frame;
    Context context = bench.context();
    for (const OutcomeName& each : outcome_names) {
        const Exit exit = timeout.leave(context, frame, each.outcome);
        CHECK(exit.kind == Exit::Kind::pass);
        CHECK(exit.outcome == each.outcome);
    }
}
