#include "policies/budget/budget.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "policies/core/pipeline.hpp"
#include "policies/timeout/timeout.hpp"
#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

constexpr Instant start{1h};

Budget budget(BudgetRule rule) { return Budget{{.rule = rule}}; }

/// Extra attempts granted one after the other, none of them over, until one is denied.
int grants(Budget& b, Instant now = start, Outcome after = Outcome::transient) {
    int count = 0;
    while (count < 10'000 && b.ask(ExtraAttempt::retry, now, after) != Grant::none) ++count;
    return count;
}

void begin(Budget& b, int calls, Instant now = start) {
    for (int i = 0; i < calls; ++i) b.begin(now);
}

BudgetRule any_rule() {
    const auto number = [](int high) { return static_cast<std::uint32_t>(*rc::gen::inRange(0, high)); };
    switch (number(5)) {
        case 0:
            return ActiveRatioRule{number(101) / 100.0, number(5)};
        case 1:
            return InFlightRatioRule{number(101) / 100.0, number(5)};
        case 2:
            return DepositsRule{number(200) / 100.0, Rate{number(30) / 10.0},
                                std::chrono::milliseconds{100 + number(20'000)}};
        case 3:
            return HalfBucketRule{1.0 + number(100), 0.001 * (1 + number(2000))};
        default:
            return QuotaRule{1 + number(100), number(20), number(20), number(20), number(5)};
    }
}

}  // namespace

TEST_CASE("Envoy's retry_budget: fewer than a fifth of the attempts in flight, or than three") {
    Budget b = budget(ActiveRatioRule{});
    begin(b, 10);
    CHECK(grants(b) == 3);
    begin(b, 30);
    CHECK(grants(b) == 5);  // 8 < 0.2 · 40
}

TEST_CASE("Envoy's retry_budget: a call that waits for its retry is not in flight, but its retry counts") {
    Budget b = budget(ActiveRatioRule{});
    begin(b, 40);
    for (int i = 0; i < 20; ++i) b.sleep();
    CHECK(grants(b) == 4);
}

TEST_CASE("Envoy's max_retries: three at once, however many calls there are") {
    Budget b = budget(ActiveRatioRule{.ratio = 0, .minimum = 3});
    begin(b, 1000);
    CHECK(grants(b) == 3);
    b.release(ExtraAttempt::retry);
    CHECK(grants(b) == 1);
}

TEST_CASE("failsafe-go's budget: refused where retries are at least the minimum and more than the rate") {
    Budget b = budget(InFlightRatioRule{});
    begin(b, 10);
    CHECK(grants(b) == 3);  // 3 of 13 are more than a fifth
    begin(b, 90);
    CHECK(grants(b) == 23);  // with 26 under way of 126 it is more than a fifth
}

TEST_CASE("failsafe-go's budget: calls that wait for their retries count as under way") {
    Budget b = budget(InFlightRatioRule{});
    begin(b, 100);
    for (int i = 0; i < 100; ++i) b.sleep();
    CHECK(grants(b) == 26);
}

TEST_CASE("failsafe-go's budget is shared by retries and hedges") {
    Budget b = budget(InFlightRatioRule{});
    begin(b, 1);
    CHECK(b.ask(ExtraAttempt::hedge, start, Outcome::success) != Grant::none);
    CHECK(grants(b) == 2);
}

TEST_CASE("Finagle's budget: a reserve for the whole ttl can be taken at once at the start") {
    Budget b = budget(DepositsRule{});
    CHECK(grants(b) == 100);  // 10 a second for 10 s: small clients can still storm
}

TEST_CASE("Finagle's budget: five calls pay for one retry") {
    Budget b = budget(DepositsRule{.ratio = 0.2, .min_per_second = {}});
    begin(b, 4);
    CHECK(grants(b) == 0);
    begin(b, 1);
    CHECK(grants(b) == 1);
    begin(b, 500);
    CHECK(grants(b) == 100);
}

TEST_CASE("Finagle's budget: deposits are forgotten after the ttl") {
    Budget b = budget(DepositsRule{.ratio = 0.2, .min_per_second = {}});
    begin(b, 50);
    CHECK(grants(b, start + 9s) == 10);
    Budget late = budget(DepositsRule{.ratio = 0.2, .min_per_second = {}});
    begin(late, 50);
    CHECK(grants(late, start + 10s) == 0);
}

TEST_CASE("gRPC's throttling: a bucket of 10 denies after five failures in a row") {
    Budget b = budget(HalfBucketRule{});
    for (int failures = 1; failures <= 5; ++failures) {
        CHECK((b.ask(ExtraAttempt::retry, start, Outcome::unavailable) != Grant::none));
        b.settled(false);
    }
    CHECK((b.ask(ExtraAttempt::retry, start, Outcome::unavailable) == Grant::none));
}

TEST_CASE("gRPC's throttling: a tenth of a token a success, ten successes for each failure") {
    Budget b = budget(HalfBucketRule{});
    for (int i = 0; i < 6; ++i) b.settled(false);
    int successes = 0;
    while (b.ask(ExtraAttempt::retry, start, Outcome::unavailable) == Grant::none) {
        b.settled(true);
        ++successes;
    }
    CHECK(successes == 11);  // from 4 to more than 5
}

TEST_CASE("gRPC's throttling never holds more than its tokens") {
    Budget b = budget(HalfBucketRule{});
    for (int i = 0; i < 1000; ++i) b.settled(true);
    for (int i = 0; i < 5; ++i) b.settled(false);
    CHECK(grants(b) == 0);
}

TEST_CASE("AWS's quota: a hundred retries, fifty after timeouts, then none until a success gives back") {
    Budget b = budget(QuotaRule{});
    CHECK(grants(b) == 100);
    b.succeeded(Grant::usual);
    CHECK(grants(b) == 1);
    Budget timeouts = budget(QuotaRule{});
    CHECK(grants(timeouts, start, Outcome::timeout) == 50);
    timeouts.succeeded(Grant::timeout);
    CHECK(grants(timeouts, start, Outcome::transient) == 2);
}

TEST_CASE("AWS's quota: a call without a retry gives back one, and nothing beyond the full quota") {
    Budget b = budget(QuotaRule{});
    for (int i = 0; i < 10; ++i) b.succeeded(Grant::none);
    CHECK(grants(b) == 100);
    for (int i = 0; i < 4; ++i) b.succeeded(Grant::none);
    CHECK(grants(b) == 0);
    b.succeeded(Grant::none);
    CHECK(grants(b) == 1);
}

TEST_CASE("what is granted is given back, and no budget goes below zero or above its cap") {
    CHECK(rc::check("for any rule and any history", [] {
        const BudgetRule rule = any_rule();
        Budget b{{.rule = rule}};
        Instant now = start;
        int inside = 0;
        int granted = 0;
        for (int i = 0; i < 200; ++i) {
            now += std::chrono::milliseconds{*rc::gen::inRange(0, 400)};
            switch (*rc::gen::inRange(0, 6)) {
                case 0:
                    b.begin(now), ++inside;
                    break;
                case 1:
                    if (inside > 0) b.end(), --inside;
                    break;
                case 2:
                    if (b.ask(ExtraAttempt::retry, now, Outcome::timeout) != Grant::none) ++granted;
                    break;
                case 3:
                    if (granted > 0) b.release(ExtraAttempt::retry), --granted;
                    break;
                case 4:
                    b.settled(*rc::gen::inRange(0, 2) == 1);
                    break;
                default:
                    b.succeeded(*rc::gen::element(Grant::none, Grant::usual, Grant::timeout));
            }
            RC_ASSERT(b.load().inside == static_cast<std::uint32_t>(inside));
            RC_ASSERT(b.load().extra == static_cast<std::uint32_t>(granted));
            RC_ASSERT(b.fill(now) >= 0);
            RC_ASSERT(b.fill(now) <= 1);
        }
    }));
}

TEST_CASE("a budget layer bounds those further in, up to the next one, and nobody further out") {
    BudgetLayer outer{BudgetSettings{}};
    BudgetLayer inner{BudgetSettings{}};
    Timeout between{TimeoutSettings{}};
    const Pipeline pipeline{{&between, &outer, &between, &inner, &between}};
    CHECK(pipeline.budget_above(0) == nullptr);
    CHECK(pipeline.budget_above(1) == nullptr);
    CHECK(pipeline.budget_above(2) == &outer.budget());
    CHECK(pipeline.budget_above(3) == &outer.budget());
    CHECK(pipeline.budget_above(4) == &inner.budget());
    CHECK(Pipeline{{&between, &between}}.budget_above(1) == nullptr);
}

TEST_CASE("a budget layer knows of the calls inside it") {
    Bench bench;
    BudgetLayer layer{BudgetSettings{}};
    Frame frame;
    Context context = bench.context();
    layer.enter(context, frame);
    layer.enter(context, frame);
    CHECK(layer.budget().load().inside == 2);
    layer.leave(context, frame, Outcome::success);
    layer.cancel(context, frame);
    CHECK(layer.budget().load().inside == 0);
}
