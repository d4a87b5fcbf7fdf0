/// How much of a fleet waits exactly the cap, by retry number: published formulas, 10,000 clients, base 100 ms,
/// doubling, cap 2 s.

#include <catch2/catch.hpp>
#include <map>

#include "policies/retry/retry.hpp"
#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

constexpr int clients = 10'000;

RetrySettings fleet(const Jitter& jitter, CapPlace cap = CapPlace::before_jitter) {
    RetrySettings settings;
    settings.max_attempts = 11;
    settings.backoff = ExponentialBackoff{100ms, 2, 2s, {}};
    settings.jitter = jitter;
    settings.cap = cap;
    return settings;
}

/// Share of clients whose delay before a retry is the cap, by the number of the retry.
std::map<std::uint32_t, double> shares_at_cap(const RetrySettings& settings) {
    Bench bench;
    bench.random = Stream::of(11, 1, 2);
    Retry retry{settings};
    std::map<std::uint32_t, double> shares;
    for (int client = 0; client < clients; ++client) {
        Frame frame;
        Context context = bench.context();
        bench.record.retries.clear();
        retry.enter(context, frame);
        while (retry.leave(context, frame, Outcome::unavailable).kind == Exit::Kind::again) {
        }
        for (const RetryScheduled& each : bench.record.retries) {
            if (each.delay == 2s) shares[each.retry] += 1.0 / clients;
            REQUIRE(each.at_cap == (each.delay == 2s));
        }
    }
    return shares;
}

void check(const RetrySettings& settings, const std::map<std::uint32_t, double>& published) {
    auto shares = shares_at_cap(settings);
    for (const auto& [retry, share] : published) {
        INFO("retry " << retry);
        CHECK(shares[retry] == Approx(share).margin(0.02));
    }
}

const std::map<std::uint32_t, double> never{{5, 0}, {6, 0}, {7, 0}, {10, 0}};

}  // namespace

TEST_CASE("jitter after the cap is kept: full, equal, absolute, range, Envoy's, gRPC's, cenkalti's and Failsafe's") {
    check(fleet(FullJitter{}), never);
    check(fleet(EqualJitter{}), never);
    check(fleet(AbsoluteJitter{50ms}), never);
    check(fleet(RangeJitter{}), never);
    check(fleet(EnvoyJitter{}), never);
    check(fleet(GrpcJitter{}), never);
    check(fleet(ProportionalJitter{.factor = 0.5, .unit = 1ns}), never);
    check(fleet(ProportionalJitter{.factor = 0.25}), never);
}

TEST_CASE("no jitter: all at the cap as soon as the backoff is") {
    check(fleet(NoJitter{}), {{5, 0}, {6, 1}, {7, 1}, {10, 1}});
}

TEST_CASE("AWS decorrelated jitter: two fifths are at the cap in the end") {
    check(fleet(DecorrelatedJitter{}), {{5, 0.21}, {6, 0.28}, {7, 0.33}, {10, 0.40}});
}

TEST_CASE("resilience4j randomises before it caps: everybody is at the cap from the 7th retry on") {
    auto settings = fleet(ProportionalJitter{.factor = 0.5, .unit = 1ms}, CapPlace::after_jitter);
    std::get<ExponentialBackoff>(settings.backoff).cut_to = 1ms;
    check(settings, {{5, 0.25}, {6, 0.87}, {7, 1}, {10, 1}});
}

TEST_CASE("Polly and cockatiel, decorrelated V2: everybody is at the cap in the end") {
    check(fleet(DecorrelatedV2Jitter{}), {{5, 0}, {6, 0.32}, {7, 0.79}, {10, 1}});
}

TEST_CASE("Finagle's exponentialJittered comes to the cap first, and stays") {
    check(fleet(FinagleJitter{}), {{5, 0.76}, {6, 0.94}, {7, 0.99}, {10, 1}});
}

TEST_CASE("Finagle's equalJittered is capped after the draw") {
    check(fleet(EqualJitter{}, CapPlace::after_jitter), {{5, 0}, {6, 0.75}, {7, 1}, {10, 1}});
}

TEST_CASE("folly's log-normal jitter is capped after the draw") {
    check(fleet(LognormalJitter{}, CapPlace::after_jitter), {{5, 0.22}, {6, 0.94}, {7, 1}, {10, 1}});
}

TEST_CASE("resilience4j 2.4 executed: 1000 ms, doubling, 0.5, at most 1500 ms has no jitter left at attempt 6") {
    auto settings = fleet(ProportionalJitter{.factor = 0.5, .unit = 1ms}, CapPlace::after_jitter);
    settings.backoff = ExponentialBackoff{1s, 2, 1500ms, 1ms};
    Bench bench;
    Retry retry{settings};
    for (int client = 0; client < 100; ++client) {
        Frame frame;
        Context context = bench.context();
        retry.enter(context, frame);
        for (int i = 1; i < 6; ++i) (void)retry.leave(context, frame, Outcome::transient);
        REQUIRE(retry.leave(context, frame, Outcome::transient).delay == 1500ms);
    }
}

TEST_CASE("a dialect brings its jitter and the place of its cap along") {
    const auto as_in = [](Dialect dialect, std::optional<Jitter> jitter = {}) {
        RetrySettings settings = RetrySettings::of(dialect);
        settings.max_attempts = settings.most_attempts = 11;
        settings.on = service_failures;
        settings.backoff = ExponentialBackoff{100ms, 2, 2s, {}};
        if (jitter) settings.jitter = *jitter;
        settings.retry_after = IgnorePushback{};
        settings.budget.reset();
        return settings;
    };
    const std::map<std::uint32_t, double> all{{6, 1}, {7, 1}, {10, 1}};
    for (const Dialect own : {Dialect::envoy, Dialect::istio, Dialect::grpc, Dialect::aws_standard})
        check(as_in(own), never);
    for (const Dialect unspread : {Dialect::polly, Dialect::failsafe, Dialect::cockatiel, Dialect::finagle})
        check(as_in(unspread), all);
    check(as_in(Dialect::resilience4j, ProportionalJitter{.factor = 0.5}), {{5, 0.25}, {6, 0.87}, {7, 1}, {10, 1}});
    check(as_in(Dialect::failsafe, ProportionalJitter{.factor = 0.25}), never);
    check(as_in(Dialect::polly, DecorrelatedV2Jitter{}), {{5, 0}, {6, 0.32}, {7, 0.79}, {10, 1}});
}
