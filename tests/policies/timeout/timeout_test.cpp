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

TEST_CASE("a deadline is told further in, shortens what is longer, and refuses what comes too late") {
    Bench bench;
    Timeout outer{{.after = 1s, .deadline = true}};
    Timeout inner{{.after = 400ms}};
    Frame outside, inside;
    Context start = bench.context();
    CHECK(outer.enter(start, outside).timer == 1s);
    CHECK(bench.facts.deadline == Instant{1s});
    CHECK(inner.enter(start, inside).timer == 400ms);
    bench.now += 900ms;
    Context late = bench.context();
    CHECK(inner.enter(late, inside).timer == 100ms);
    bench.now += 100ms;
    Context over = bench.context();
    const Entry refused = inner.enter(over, inside);
    CHECK(refused.kind == Entry::Kind::refuse);
    CHECK(refused.outcome == Outcome::timeout);
}

TEST_CASE("outside a layer the deadline is what it was, however the call comes out") {
    Bench bench;
    Timeout timeout{{.after = 1s, .deadline = true}};
    for (int way = 0; way < 3; ++way) {
        bench.facts.deadline = Instant{5s};
        Frame frame;
        Context context = bench.context();
        timeout.enter(context, frame);
        CHECK(bench.facts.deadline == Instant{1s});
        if (way == 0) timeout.leave(context, frame, Outcome::success);
        if (way == 1) timeout.timer(context, frame);
        if (way == 2) timeout.cancel(context, frame);
        CHECK(bench.facts.deadline == Instant{5s});
    }
}

TEST_CASE("an attempt that is given up is cancelled or abandoned, as it is told") {
    Bench bench;
    for (const bool cancel : {false, true}) {
        Timeout timeout{{.after = 1s, .cancel = cancel}};
        Frame frame;
        Context context = bench.context();
        timeout.enter(context, frame);
        timeout.timer(context, frame);
        CHECK(bench.facts.cancels == cancel);
    }
}
