#include "policies/throttle/throttle.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

struct ThrottleRig {
    explicit ThrottleRig(ThrottleSettings chosen) : settings(chosen) {}

    ThrottleSettings settings;
    Bench bench;
    Throttle throttle{settings};

    void ends(Outcome outcome, int times = 1) {
        for (; times > 0; --times) {
            Context context = bench.context();
            Frame frame;
            CHECK(throttle.leave(context, frame, outcome).outcome == outcome);
        }
    }
    bool enters() {
        Context context = bench.context();
        Frame frame;
        const Entry entry = throttle.enter(context, frame);
        if (entry.kind == Entry::Kind::refuse) CHECK(entry.outcome == Outcome::throttled);
        return entry.kind == Entry::Kind::proceed;
    }
    double probability() { return throttle.rejection_probability(bench.now); }
};

/// Envoy's admission control filter at its defaults.
ThrottleSettings envoy() { return {.k = 1 / 0.95, .count_refused = false, .max_rejection = 0.8, .window = 30s}; }

}  // namespace

TEST_CASE("SRE book: requests are turned away with probability (requests - K accepts) / (requests + 1)") {
    ThrottleRig rig{{}};
    CHECK(rig.probability() == 0);
    rig.ends(Outcome::success, 10);
    rig.ends(Outcome::overload, 10);
    CHECK(rig.probability() == 0);  // exactly K times as many
    rig.ends(Outcome::timeout, 10);
    CHECK(rig.probability() == Approx(10.0 / 31));
}

TEST_CASE("SRE book: what is turned away locally is a request too") {
    ThrottleRig rig{{}};
    rig.ends(Outcome::unavailable, 30);
    CHECK(rig.probability() == Approx(30.0 / 31));
    int refused = 0;
    while (refused < 100) refused += rig.enters() ? 0 : 1;
    CHECK(rig.probability() == Approx(130.0 / 131));
}

TEST_CASE("Envoy admission control: only what was sent counts, and the probability has a ceiling") {
    ThrottleRig rig{envoy()};
    rig.ends(Outcome::success, 95);
    rig.ends(Outcome::transient, 5);
    CHECK(rig.probability() == Approx(0).margin(1e-12));
    rig.ends(Outcome::transient, 100);
    CHECK(rig.probability() == Approx((200 - 95 / 0.95) / 201));
    for (int i = 0; i < 50; ++i) (void)rig.enters();
    CHECK(rig.probability() == Approx((200 - 95 / 0.95) / 201));
    rig.ends(Outcome::transient, 2000);
    CHECK(rig.probability() == 0.8);
}

TEST_CASE("Envoy admission control: an aggression of 2 takes the square root") {
    ThrottleSettings settings = envoy();
    settings.aggression = 2;
    ThrottleRig rig{settings};
    rig.ends(Outcome::success, 95);
    rig.ends(Outcome::transient, 25);
    CHECK(rig.probability() == Approx(std::sqrt(20.0 / 121)));
}

TEST_CASE("below the minimum of calls and of their rate it does nothing") {
    ThrottleRig rig{{.minimum_calls = 5, .minimum_rate = Rate{1}, .window = 10s}};
    rig.ends(Outcome::transient, 9);
    CHECK(rig.probability() == 0);
    rig.ends(Outcome::transient);
    CHECK(rig.probability() > 0.9);
}

TEST_CASE("refusals by layers further in say nothing of the service") {
    ThrottleRig rig{{}};
    for (const OutcomeName& each : outcome_names)
        if (is_refusal(each.outcome)) rig.ends(each.outcome, 10);
    CHECK(rig.probability() == 0);
}

TEST_CASE("what is older than the window is forgotten, by buckets") {
    CHECK(rc::check("against a list of all requests", [] {
        const auto buckets = *rc::gen::inRange<std::uint32_t>(1, 6);
        const Duration width = 100ms;
        RecentCounts counts{width * buckets, buckets};
        struct Request {
            std::int64_t bucket;
            bool accepted;
        };
        std::vector<Request> all;
        Instant now{};
        for (int step = 0; step < 100; ++step) {
            now += std::chrono::milliseconds{*rc::gen::inRange(0, 150)};
            if (*rc::gen::inRange(0, 20) == 0) now += 1s;
            const bool accepted = *rc::gen::arbitrary<bool>();
            const std::int64_t bucket = now.time_since_epoch() / width;
            counts.add(now, accepted);
            all.push_back({bucket, accepted});
            std::uint32_t requests = 0, successes = 0;
            for (const Request& each : all) {
                if (each.bucket <= bucket - buckets) continue;
                ++requests;
                successes += each.accepted ? 1 : 0;
            }
            RC_ASSERT(counts.total(now).requests == requests);
            RC_ASSERT(counts.total(now).accepted == successes);
        }
    }));
}

TEST_CASE("a success that counts as not accepted is a contradiction") {
    CHECK(Complaints::about(ThrottleSettings{.on = {Outcome::success}}) == std::vector<std::string>{"on"});
}
