#include "policies/adaptive_rate/adaptive_rate.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

/// A client that sends one call after the other, and a clock.
struct Client {
    Bench bench;
    AdaptiveRate layer{AdaptiveRateSettings{}};

    Entry send(Outcome outcome) {
        Frame frame;
        Context context = bench.context();
        const Entry entry = layer.enter(context, frame);
        if (entry.kind == Entry::Kind::refuse) return entry;
        if (entry.kind == Entry::Kind::wait) {
            bench.now += entry.timer;
            Context later = bench.context();
            CHECK(layer.timer(later, frame).kind == Verdict::Kind::nothing);
        }
        Context after = bench.context();
        layer.leave(after, frame, outcome);
        return entry;
    }
    void at_ten_a_second(int calls, Outcome outcome = Outcome::success) {
        for (int i = 0; i < calls; ++i) {
            send(outcome);
            bench.now += 100ms;
        }
    }
};

}  // namespace

TEST_CASE("AWS adaptive mode does nothing before the first throttling") {
    Client client;
    for (int i = 0; i < 1000; ++i) CHECK(client.send(Outcome::transient).kind == Entry::Kind::proceed);
    CHECK_FALSE(client.layer.enabled());
}

TEST_CASE("AWS adaptive mode measures its rate in half seconds") {
    Client client;
    client.at_ten_a_second(100);
    CHECK(client.layer.measured() == Approx(10).epsilon(0.05));
}

TEST_CASE("AWS adaptive mode goes down to seven tenths of the measured rate, and waits for its tokens") {
    Client client;
    client.at_ten_a_second(100);
    client.send(Outcome::overload);
    CHECK(client.layer.enabled());
    CHECK(client.layer.rate() == Approx(7).epsilon(0.05));
    CHECK(client.send(Outcome::success).kind == Entry::Kind::wait);
    CHECK(client.bench.woken.size() == 1);
}

TEST_CASE("AWS adaptive mode is back at the old rate after the cubic curve's window, and beyond it later") {
    Client client;
    client.at_ten_a_second(100);
    client.send(Outcome::overload);
    const double window = std::cbrt(10 * 0.3 / 0.4);
    const Instant throttled = client.bench.now;
    while (client.bench.now < throttled + from_seconds(window)) client.at_ten_a_second(1);
    CHECK(client.layer.rate() == Approx(10).epsilon(0.1));
    client.at_ten_a_second(50);
    CHECK(client.layer.rate() > 10);
    CHECK(client.layer.rate() <= 2 * client.layer.measured() + 1e-9);
}

TEST_CASE("a call that would wait longer than it may is refused, and one that is given up returns its token") {
    Bench bench;
    AdaptiveRate layer{AdaptiveRateSettings{.max_wait = 3s}};
    Frame frame;
    Context context = bench.context();
    layer.enter(context, frame);
    layer.leave(context, frame, Outcome::overload);
    CHECK(layer.rate() == 0.5);
    CHECK(layer.enter(context, frame).timer == 2s);
    Frame second;
    CHECK(layer.enter(context, second).kind == Entry::Kind::refuse);
    layer.cancel(context, frame);
    CHECK(layer.enter(context, second).timer == 2s);
}

TEST_CASE("the rate never goes below its least nor above twice what is measured") {
    CHECK(rc::check("for any outcomes at any times", [] {
        Client client;
        for (int i = 0; i < 300; ++i) {
            client.bench.now += std::chrono::milliseconds{*rc::gen::inRange(0, 300)};
            client.send(*rc::gen::inRange(0, 10) == 0 ? Outcome::overload : Outcome::success);
            if (!client.layer.enabled()) continue;
            RC_ASSERT(client.layer.rate() >= 0.5);
            RC_ASSERT(client.layer.rate() <= std::max(0.5, 2 * client.layer.measured()) + 1e-9);
        }
    }));
}
