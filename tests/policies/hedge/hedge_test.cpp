#include "policies/hedge/hedge.hpp"

#include <catch2/catch.hpp>

#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

/// One call in a hedge layer.
struct Run {
    explicit Run(const HedgeSettings& settings) : hedge(settings) {}
    Bench bench;
    Hedge hedge;
    Frame frame;

    Entry enter() {
        Context context = bench.context();
        return hedge.enter(context, frame);
    }
    Exit leave(Outcome outcome, std::uint32_t branch = 1) {
        Context context = bench.context();
        context.branch = branch;
        return hedge.leave(context, frame, outcome);
    }
    Verdict timer() {
        Context context = bench.context();
        return hedge.timer(context, frame);
    }
};

}  // namespace

TEST_CASE("a hedge begins with one branch and a timer") {
    Run run{{.after = 200ms}};
    const Entry entry = run.enter();
    CHECK(entry.kind == Entry::Kind::branch);
    CHECK(entry.timer == 200ms);
    CHECK(run.hedge.branches());
}

TEST_CASE("each timer begins one hedge more, and the last sets no timer") {
    Run run{{.after = 200ms, .max_hedges = 3}};
    run.enter();
    for (const Duration next : {Duration{200ms}, Duration{200ms}, no_timer}) {
        const Verdict verdict = run.timer();
        CHECK(verdict.kind == Verdict::Kind::beside);
        CHECK(verdict.timer == next);
    }
}

TEST_CASE("the first answer is passed on, whatever else is under way") {
    for (const Outcome answer : {Outcome::success, Outcome::fallback}) {
        Run run{{.after = 200ms, .max_hedges = 2}};
        run.enter();
        run.timer();
        const Exit exit = run.leave(answer);
        CHECK(exit.kind == Exit::Kind::pass);
        CHECK(exit.outcome == answer);
    }
}

TEST_CASE("a failure that counts begins the next hedge at once, and its time anew") {
    Run run{{.after = 200ms, .max_hedges = 2}};
    run.enter();
    const Exit first = run.leave(Outcome::transient);
    CHECK(first.kind == Exit::Kind::beside);
    CHECK(first.delay == 200ms);
    const Exit second = run.leave(Outcome::timeout);
    CHECK(second.kind == Exit::Kind::beside);
    CHECK(second.delay == no_timer);
    const Exit last = run.leave(Outcome::overload);
    CHECK(last.kind == Exit::Kind::pass);
    CHECK(last.outcome == Outcome::overload);
}

TEST_CASE("a failure that does not count waits for what is under way, and begins nothing") {
    Run run{{.after = 200ms, .max_hedges = 3}};
    run.enter();
    run.timer();
    CHECK(run.leave(Outcome::breaker_open).kind == Exit::Kind::hold);
    const Exit last = run.leave(Outcome::client_error);
    CHECK(last.kind == Exit::Kind::pass);
    CHECK(last.outcome == Outcome::client_error);
}

TEST_CASE("when all hedges are begun, failures wait for the last of them") {
    Run run{{.after = 200ms, .max_hedges = 1}};
    run.enter();
    run.timer();
    CHECK(run.leave(Outcome::transient).kind == Exit::Kind::hold);
    CHECK(run.leave(Outcome::unavailable).kind == Exit::Kind::pass);
}

TEST_CASE("a hedge on answers is a contradiction") {
    CHECK(Complaints::about(HedgeSettings{.after = 1s}).empty());
    CHECK(Complaints::about(HedgeSettings{.after = 1s, .on = {Outcome::success}}) == std::vector<std::string>{"on"});
    CHECK(Complaints::about(HedgeSettings{.after = 1s, .on = {Outcome::fallback}}) == std::vector<std::string>{"on"});
}
