#include "policies/fallback/fallback.hpp"

#include <catch2/catch.hpp>

#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

Outcome through(const FallbackSettings& settings, Bench& bench, Outcome outcome) {
    Fallback fallback{settings};
    Frame frame;
    Context context = bench.context();
    CHECK(fallback.enter(context, frame).kind == Entry::Kind::proceed);
    const Exit exit = fallback.leave(context, frame, outcome);
    CHECK(exit.kind == Exit::Kind::pass);
    return exit.outcome;
}

}  // namespace

TEST_CASE("a default value answers for every failure and refusal, but not for the caller's own mistake") {
    for (const OutcomeName& each : outcome_names) {
        Bench bench;
        const bool answers = service_failures.contains(each.outcome) || is_refusal(each.outcome);
        CHECK(through({}, bench, each.outcome) == (answers ? Outcome::fallback : each.outcome));
        CHECK(bench.record.fallbacks.size() == (answers ? 1 : 0));
    }
}

TEST_CASE("a default value takes no draw and is reported with what it replaces") {
    Bench bench;
    const Stream before = bench.random;
    through({}, bench, Outcome::timeout);
    CHECK(bench.random == before);
    CHECK(bench.record.fallbacks == std::vector<Record::FallbackUse>{{Outcome::timeout, false}});
}

TEST_CASE("a fallback answers only for the outcomes that it is told of") {
    Bench bench;
    const FallbackSettings settings{.on = {Outcome::breaker_open}};
    CHECK(through(settings, bench, Outcome::breaker_open) == Outcome::fallback);
    CHECK(through(settings, bench, Outcome::timeout) == Outcome::timeout);
}

TEST_CASE("a cache answers for its share of failures, the others stay failures") {
    Bench bench;
    const FallbackSettings settings{.value = FallbackValue::cached, .hit_rate = 0.6};
    int hits = 0;
    for (int i = 0; i < 10'000; ++i) hits += through(settings, bench, Outcome::overload) == Outcome::fallback ? 1 : 0;
    CHECK(hits / 10'000.0 == Approx(0.6).margin(0.025));  // 5 standard errors
    CHECK(bench.record.fallbacks.size() == static_cast<std::size_t>(hits));
    CHECK(bench.record.fallbacks.front() == Record::FallbackUse{Outcome::overload, true});
}

TEST_CASE("a cache that has everything always answers, one that has nothing never does") {
    Bench bench;
    for (int i = 0; i < 1000; ++i) {
        CHECK(through({.value = FallbackValue::cached, .hit_rate = 1}, bench, Outcome::timeout) == Outcome::fallback);
        CHECK(through({.value = FallbackValue::cached, .hit_rate = 0}, bench, Outcome::timeout) == Outcome::timeout);
    }
}

TEST_CASE("falling back from an answer is a mistake") {
    CHECK(Complaints::about(FallbackSettings{}).empty());
    CHECK(Complaints::about(FallbackSettings{.on = {Outcome::success}}) == std::vector<std::string>{"on"});
}

TEST_CASE("a cached answer is there only while the last success is young enough") {
    Bench bench;
    Fallback fallback{{.value = FallbackValue::cached, .max_age = 10s}};
    const auto ends = [&](Outcome outcome) {
        Frame frame;
        Context context = bench.context();
        fallback.enter(context, frame);
        return fallback.leave(context, frame, outcome).outcome;
    };
    CHECK(ends(Outcome::timeout) == Outcome::timeout);
    CHECK(ends(Outcome::success) == Outcome::success);
    bench.now += 10s;
    CHECK(ends(Outcome::timeout) == Outcome::fallback);
    bench.now += 1ns;
    CHECK(ends(Outcome::timeout) == Outcome::timeout);
}

TEST_CASE("another service is asked once, and only its own answer is a fallback") {
    Bench bench;
    Fallback fallback{{.value = FallbackValue::service, .alternative = 2}};
    for (const Outcome answer : {Outcome::success, Outcome::transient}) {
        Frame frame;
        Context context = bench.context();
        fallback.enter(context, frame);
        CHECK(fallback.leave(context, frame, Outcome::unavailable).kind == Exit::Kind::direct);
        CHECK(bench.facts.alternative == 2);
        const Exit exit = fallback.leave(context, frame, answer);
        CHECK(exit.kind == Exit::Kind::pass);
        CHECK(exit.outcome == (answer == Outcome::success ? Outcome::fallback : answer));
        CHECK(bench.facts.alternative == 0);
    }
}

TEST_CASE("a call that is given up while another service is asked would ask the usual one again") {
    Bench bench;
    Fallback fallback{{.value = FallbackValue::service}};
    Frame frame;
    Context context = bench.context();
    fallback.enter(context, frame);
    fallback.leave(context, frame, Outcome::unavailable);
    fallback.cancel(context, frame);
    CHECK(bench.facts.alternative == 0);
}

TEST_CASE("a degraded answer is a success to layers further out") {
    Bench bench;
    CHECK(through({.value = FallbackValue::degraded}, bench, Outcome::timeout) == Outcome::success);
    CHECK(bench.record.fallbacks.size() == 1);
}

TEST_CASE("an age is for cached answers only") {
    CHECK(Complaints::about(FallbackSettings{.max_age = 1s}) == std::vector<std::string>{"max_age"});
}
