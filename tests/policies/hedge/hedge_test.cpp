#include "policies/hedge/hedge.hpp"

#include <catch2/catch.hpp>

#include "policies/budget/budget.hpp"
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

TEST_CASE("failsafe-go: by default the first result of any kind wins, a failure too") {
    HedgeSettings settings{.after = 200ms};
    for (const OutcomeName& each : outcome_names) settings.ends_with.insert(each.outcome);
    Run run{settings};
    run.enter();
    run.timer();
    const Exit exit = run.leave(Outcome::transient);
    CHECK(exit.kind == Exit::Kind::pass);
    CHECK(exit.outcome == Outcome::transient);
}

TEST_CASE("Polly: when all tries fail, the outcome is that of the one that ended first") {
    Run run{{.after = 200ms, .max_hedges = 2, .failure = HedgeFailure::first}};
    run.enter();
    run.leave(Outcome::overload);
    run.leave(Outcome::transient, 2);
    const Exit exit = run.leave(Outcome::timeout, 3);
    CHECK(exit.kind == Exit::Kind::pass);
    CHECK(exit.outcome == Outcome::overload);
}

TEST_CASE("without a time only failures begin a hedge") {
    Run run{{.max_hedges = 2}};
    CHECK(run.enter().timer == no_timer);
    const Exit exit = run.leave(Outcome::transient);
    CHECK(exit.kind == Exit::Kind::beside);
    CHECK(exit.delay == no_timer);
}

TEST_CASE("a quantile is believed once enough is measured, and is at least a millisecond") {
    Run run{{.measured = QuantileDelay{.quantile = 0.9, .minimum_calls = 10}}};
    for (int call = 1; call <= 10; ++call) {
        CHECK(run.enter().timer == no_timer);
        run.bench.now += std::chrono::milliseconds{100 * call};
        run.leave(Outcome::success);
    }
    CHECK(to_seconds(run.enter().timer) == Approx(0.9).epsilon(1.0 / 16));
    Run fast{{.measured = QuantileDelay{.minimum_calls = 1}}};
    fast.enter();
    fast.bench.now += 10us;
    fast.leave(Outcome::success);
    CHECK(fast.enter().timer == 1ms);
}

TEST_CASE("resilience4j: the average times a factor and plus an amount, failures included unless told otherwise") {
    Run run{{.after = 2s, .measured = AverageDelay{.times = 1.5, .plus = 20ms}}};
    CHECK(run.enter().timer == 2s);
    run.bench.now += 100ms;
    run.leave(Outcome::transient);
    CHECK(run.enter().timer == 170ms);
    Run answers{{.after = 2s, .measured = AverageDelay{.failures = false}}};
    answers.enter();
    answers.bench.now += 100ms;
    answers.leave(Outcome::transient);
    CHECK(answers.enter().timer == 2s);
}

TEST_CASE("only first tries are measured: one that loses counts with the time that it had taken") {
    Run run{{.measured = AverageDelay{.window = 1}, .max_hedges = 2}};
    run.enter();
    run.bench.now += 300ms;
    run.timer();
    run.bench.now += 100ms;
    run.leave(Outcome::client_error, 2);  // a hedge that fails: not measured
    CHECK(run.enter().timer == no_timer);
    run.bench.now += 300ms;
    run.timer();
    run.bench.now += 200ms;
    run.leave(Outcome::success, 2);
    CHECK(run.enter().timer == 500ms);
    run.bench.now += 700ms;
    Context context = run.bench.context();
    run.hedge.cancel(context, run.frame);
    CHECK(run.enter().timer == 700ms);
}

TEST_CASE("what becomes of the tries that lose is told to whoever runs them") {
    for (const bool cancel : {false, true}) {
        Run run{{.after = 1ms, .cancel = cancel}};
        run.enter();
        run.timer();
        run.leave(Outcome::success);
        CHECK(run.bench.facts.cancels == cancel);
    }
}

TEST_CASE("a hedge that the budget denies is not made, and its call goes on") {
    Run run{{.after = 200ms, .max_hedges = 3}};
    Budget budget{BudgetSettings{.rule = QuotaRule{.capacity = 5}}};  // one hedge costs all of it
    run.bench.budget = &budget;
    run.enter();
    CHECK(run.timer().kind == Verdict::Kind::beside);
    CHECK(run.timer().kind == Verdict::Kind::nothing);
    CHECK(run.bench.record.denied == 1);
    CHECK(run.leave(Outcome::transient).kind == Exit::Kind::hold);
    CHECK(run.leave(Outcome::transient, 2).kind == Exit::Kind::pass);
}

TEST_CASE("hedges are given back to the budget when they end, are beaten or are given up") {
    Budget budget{BudgetSettings{.rule = InFlightRatioRule{.ratio = 1}}};
    const HedgeSettings settings{.after = 200ms, .max_hedges = 3};
    const auto with_two_hedges = [&](Run& run) {
        run.bench.budget = &budget;
        run.enter();
        run.timer();
        run.timer();
        CHECK(budget.load().hedges == 2);
    };
    Run ended{settings};
    with_two_hedges(ended);
    ended.leave(Outcome::client_error, 2);
    CHECK(budget.load().hedges == 1);
    ended.leave(Outcome::success, 1);  // the other hedge is beaten
    CHECK(budget.load().hedges == 0);
    Run given_up{settings};
    with_two_hedges(given_up);
    Context context = given_up.bench.context();
    given_up.hedge.cancel(context, given_up.frame);
    CHECK(budget.load().hedges + budget.load().extra == 0);
}
