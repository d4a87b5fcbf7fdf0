#include "policies/chaos/chaos.hpp"

#include <catch2/catch.hpp>

#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

struct ChaosRig {
    explicit ChaosRig(const ChaosSettings& settings) : chaos(settings) {}
    Bench bench;
    Chaos chaos;
    Frame frame;

    Entry enter() {
        Context context = bench.context();
        return chaos.enter(context, frame = Frame{});
    }
    Outcome leave(Outcome outcome) {
        Context context = bench.context();
        return chaos.leave(context, frame, outcome).outcome;
    }
};

}  // namespace

TEST_CASE("latency holds a call up and then lets it go on") {
    ChaosRig rig{{.inject = ChaosLatency{2s}, .rate = 1}};
    const Entry entry = rig.enter();
    CHECK(entry.kind == Entry::Kind::wait);
    CHECK(entry.timer == 2s);
    Context context = rig.bench.context();
    CHECK(rig.chaos.timer(context, rig.frame).kind == Verdict::Kind::proceed);
    CHECK(rig.leave(Outcome::success) == Outcome::success);
}

TEST_CASE("a fault ends a call without its going on, an outcome replaces what came of it") {
    ChaosRig fault{{.inject = ChaosFault{Outcome::unavailable}, .rate = 1}};
    CHECK(fault.enter().kind == Entry::Kind::refuse);
    CHECK(fault.enter().outcome == Outcome::unavailable);
    ChaosRig outcome{{.inject = ChaosOutcome{Outcome::overload}, .rate = 1}};
    CHECK(outcome.enter().kind == Entry::Kind::proceed);
    CHECK(outcome.leave(Outcome::success) == Outcome::overload);
}

TEST_CASE("the rate is the share of calls that are struck") {
    ChaosRig rig{{.inject = ChaosFault{}, .rate = 0.25}};
    int struck = 0;
    for (int i = 0; i < 20'000; ++i) struck += rig.enter().kind == Entry::Kind::refuse ? 1 : 0;
    CHECK(struck == Approx(5000).margin(200));
}

TEST_CASE("it begins and ends when it is told to") {
    ChaosRig rig{{.inject = ChaosFault{}, .rate = 1, .from = 10s, .until = Duration{20s}}};
    for (const auto& [at, struck] : {std::pair{9999ms, false}, {10'000ms, true}, {19'999ms, true}, {20'000ms, false}}) {
        rig.bench.now = Instant{at};
        CHECK((rig.enter().kind == Entry::Kind::refuse) == struck);
    }
    CHECK(Complaints::about(ChaosSettings{.from = 10s, .until = Duration{10s}}) == std::vector<std::string>{"until"});
}
