#include "policies/balance/balance.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <vector>

#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

struct Balancing {
    explicit Balancing(BalanceSettings chosen) : settings(std::move(chosen)) {}

    BalanceSettings settings;
    Bench bench;
    Balance balance{settings};

    /// One call after another; answers the host that it went to.
    std::uint32_t call(Outcome outcome = Outcome::success) {
        Context context = bench.context();
        Frame frame;
        balance.enter(context, frame);
        const std::uint32_t host = bench.facts.host;
        balance.leave(context, frame, outcome);
        return host;
    }
    /// So many calls, of which those to some hosts fail; answers how many went to each.
    std::map<std::uint32_t, int> calls(int count, const std::vector<std::uint32_t>& bad = {}) {
        std::map<std::uint32_t, int> to;
        for (; count > 0; --count) {
            Context context = bench.context();
            Frame frame;
            balance.enter(context, frame);
            ++to[bench.facts.host];
            const bool fails = std::count(bad.begin(), bad.end(), bench.facts.host) > 0;
            balance.leave(context, frame, fails ? Outcome::transient : Outcome::success);
        }
        return to;
    }
};

/// Envoy's defaults, for so many hosts.
BalanceSettings envoy_cluster(std::uint32_t hosts) {
    BalanceSettings settings = BalanceSettings::of(Dialect::envoy);
    settings.hosts = hosts;
    return settings;
}

}  // namespace

TEST_CASE("round robin goes to one host after another, and the facts are as they were when the call has left") {
    Balancing balancing{{.hosts = 3}};
    for (const std::uint32_t host : {0U, 1U, 2U, 0U, 1U}) CHECK(balancing.call() == host);
    CHECK(balancing.bench.facts.host == any_host);
}

TEST_CASE("random goes to all hosts alike, least request to the idler of two") {
    Balancing random{{.hosts = 4, .strategy = BalanceStrategy::random}};
    for (const auto& [host, count] : random.calls(8000)) CHECK(count == Approx(2000).margin(150));
    Balancing least{{.hosts = 2, .strategy = BalanceStrategy::least_request}};
    Context context = least.bench.context();
    Frame stuck;
    least.balance.enter(context, stuck);
    const std::uint32_t busy = stuck.narrow;
    auto to = least.calls(4000);
    CHECK(to[busy] == Approx(1000).margin(100));  // only where both draws are the busy one
}

TEST_CASE("Envoy: five failures in a row eject a host at once, and it comes back at a look after 30 s") {
    Balancing balancing{envoy_cluster(10)};
    CHECK(balancing.calls(50, {3})[3] == 5);
    CHECK(balancing.calls(90, {3})[3] == 0);
    balancing.bench.now += 29s;
    CHECK(balancing.calls(90, {3})[3] == 0);
    balancing.bench.now += 1s;  // exactly 30 s, and a look is due
    CHECK(balancing.calls(50, {3})[3] == 5);
    balancing.bench.now += 50s;  // the second time it is for 60 s
    CHECK(balancing.calls(90, {3})[3] == 0);
    balancing.bench.now += 10s;
    CHECK(balancing.calls(10)[3] == 1);
}

TEST_CASE(
    "Envoy: with 10 % and fewer than ten hosts nobody is ejected, unless one always may be; gRPC always ejects one") {
    Balancing nine{envoy_cluster(9)};
    CHECK(nine.calls(900, {3})[3] == 100);
    BalanceSettings settings = envoy_cluster(9);
    settings.ejection->at_least_one = true;
    Balancing one{settings};
    const auto to = one.calls(900, {3, 4});
    CHECK(to.at(3) == 5);
    CHECK(to.at(4) > 50);
    settings.ejection->at_least_one = false;
    settings.ejection->may_exceed = true;
    Balancing grpc{settings};
    CHECK(grpc.calls(900, {3})[3] == 5);
}

TEST_CASE("Envoy: a success rate below the mean less 1.9 standard deviations ejects, judged every interval") {
    BalanceSettings settings = envoy_cluster(10);
    settings.ejection->consecutive_failures.reset();
    Balancing balancing{settings};
    CHECK(balancing.calls(990, {3})[3] == 99);  // one call short of the request volume
    balancing.bench.now += 10s;
    CHECK(balancing.calls(1000, {3})[3] == 100);
    balancing.bench.now += 10s;
    CHECK(balancing.calls(90, {3}).count(3) == 0);
}

TEST_CASE("Envoy: one outlier is sqrt(n - 1) standard deviations off, with four hosts never the 1.9 that it takes") {
    BalanceSettings settings = envoy_cluster(4);
    settings.ejection->consecutive_failures.reset();
    settings.ejection->max_ejected = 0.5;
    settings.ejection->success_rate->minimum_hosts = 4;
    Balancing four{settings};  // sqrt(3) = 1.73
    four.calls(1000, {3});
    four.bench.now += 10s;
    CHECK(four.calls(40, {3})[3] == 10);
    settings.hosts = 5;  // sqrt(4) = 2
    Balancing five{settings};
    five.calls(1000, {3});
    five.bench.now += 10s;
    CHECK(five.calls(40, {3}).count(3) == 0);
}

TEST_CASE("gRPC A50: at least 85 % failures over 50 calls eject") {
    BalanceSettings settings = BalanceSettings::of(Dialect::grpc);
    settings.hosts = 5;
    settings.ejection->success_rate.reset();
    Balancing balancing{settings};
    CHECK(balancing.calls(500, {2})[2] == 100);
    balancing.bench.now += 10s;
    CHECK(balancing.calls(40, {2}).count(2) == 0);
}

TEST_CASE("zone aware: all calls stay while all hosts are well, and two of three hosts out let a third of them stay") {
    BalanceSettings settings = envoy_cluster(6);
    settings.ejection->max_ejected = 1;
    settings.ejection->success_rate.reset();
    settings.zone_aware.emplace();
    for (const auto strategy :
         {BalanceStrategy::round_robin, BalanceStrategy::random, BalanceStrategy::least_request}) {
        settings.strategy = strategy;
        Balancing balancing{settings};
        balancing.balance.place(0, {0, 1, 0, 1, 0, 1});
        auto to = balancing.calls(900);
        CHECK(to[0] + to[2] + to[4] == 900);
        for (const std::uint32_t host : {0U, 2U, 4U}) CHECK(to[host] == Approx(300).margin(60));
        balancing.calls(400, {0, 2});  // both are ejected; of the four left one is here, and half is due
        to = balancing.calls(3000, {0, 2});
        CHECK(to[0] + to[2] == 0);
        CHECK(to[4] == Approx(1500).margin(100));  // (1/4) / (1/2)
        CHECK(to[1] == Approx(500).margin(80));
    }
}

TEST_CASE("zone aware: not with few hosts, in a panic, or where nobody said what is where") {
    BalanceSettings settings = envoy_cluster(6);
    settings.ejection->max_ejected = 1;
    settings.zone_aware.emplace();
    Balancing unplaced{settings};
    CHECK(unplaced.calls(600)[1] == 100);
    Balancing panicking{settings};
    panicking.balance.place(0, {0, 1, 0, 1, 0, 1});
    panicking.calls(600, {1, 3, 5});  // elsewhere: nobody calls them
    CHECK(panicking.calls(600)[1] == 0);
    panicking.calls(600, {0, 2, 4, 1});
    panicking.calls(600, {0, 2, 4, 1});
    CHECK(panicking.calls(600)[3] == 300);  // four of six are out: the two left share alike
    settings.hosts = 5;
    Balancing few{settings};
    few.balance.place(0, {0, 1, 0, 1, 0});
    CHECK(few.calls(500)[1] == 100);
}

TEST_CASE("never more hosts are ejected than may be, and none is called while it is, for any history") {
    CHECK(rc::check("for any settings", [] {
        BalanceSettings settings{.hosts = *rc::gen::inRange<std::uint32_t>(1, 12),
                                 .strategy = static_cast<BalanceStrategy>(*rc::gen::inRange(0, 3))};
        EjectionSettings& ejection = settings.ejection.emplace();
        ejection.consecutive_failures = *rc::gen::inRange<std::uint32_t>(1, 4);
        ejection.max_ejected = *rc::gen::inRange(0, 11) / 10.0;
        ejection.success_rate.emplace(SuccessRateEjection{.minimum_hosts = 2, .minimum_calls = 3});
        Bench bench;
        Ejection hosts{ejection, settings.hosts};
        Balance balance{settings};
        for (int step = 0; step < 200; ++step) {
            bench.now += std::chrono::milliseconds{*rc::gen::inRange(0, 3000)};
            hosts.advance(bench.now, bench.random);
            const auto host = *rc::gen::inRange<std::uint32_t>(0, settings.hosts);
            hosts.ended(host, *rc::gen::arbitrary<bool>() ? Outcome::success : Outcome::timeout, bench.now,
                        bench.random);
            std::uint32_t out = 0;
            for (std::uint32_t i = 0; i < settings.hosts; ++i) out += hosts.is_ejected(i) ? 1 : 0;
            RC_ASSERT(out == hosts.ejected());
            RC_ASSERT(out <= ejection.max_ejected * settings.hosts + 1e-6);

            Context context = bench.context();
            Frame frame;
            balance.enter(context, frame);
            RC_ASSERT(bench.facts.host < settings.hosts);
            balance.leave(context, frame, *rc::gen::arbitrary<bool>() ? Outcome::success : Outcome::timeout);
            RC_ASSERT(balance.under_way() == 0U);
        }
    }));
}
