#include "policies/shedding/shed.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <deque>

#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

struct ShedRig {
    explicit ShedRig(ShedSettings chosen) : settings(std::move(chosen)) {}

    ShedSettings settings;
    Bench bench;
    Shed shed{settings};
    std::deque<Frame> inside;

    bool enters(std::uint8_t priority) {
        bench.facts.priority = priority & 0x7fU;
        Context context = bench.context();
        Frame frame;
        const Entry entry = shed.enter(context, frame);
        if (entry.kind == Entry::Kind::proceed)
            inside.push_back(frame);
        else
            CHECK(entry.outcome == Outcome::shed);
        return entry.kind == Entry::Kind::proceed;
    }
    void leaves() {
        Context context = bench.context();
        (void)shed.leave(context, inside.front(), Outcome::success);
        inside.pop_front();
    }
    int admitted(std::uint8_t priority, int tries) {
        int count = 0;
        for (; tries > 0; --tries)
            if (enters(priority)) {
                ++count;
                Context context = bench.context();
                shed.cancel(context, inside.back());
                inside.pop_back();
            }
        return count;
    }
};

}  // namespace

TEST_CASE("Netflix partitions: a class may use all that is free, and finds its guarantee when nothing is") {
    ShedRig rig{{.max_concurrent = 10, .strategy = ShedPartitions{{0.5, 0.3}}}};
    for (int i = 0; i < 10; ++i) CHECK(rig.enters(1));
    CHECK_FALSE(rig.enters(1));                        // has more than its three
    for (int i = 0; i < 5; ++i) CHECK(rig.enters(0));  // its five, beyond the ten
    CHECK_FALSE(rig.enters(0));
    CHECK(rig.enters(7));  // a class beyond the list has one
    CHECK_FALSE(rig.enters(7));
    CHECK(rig.shed.under_way() == 16);
}

TEST_CASE("by chance, classes are turned away in proportion between from and to, less important ones sooner") {
    ShedRig rig{{.max_concurrent = 10, .strategy = ShedByChance{{{0.8, 1}, {0.4, 0.8}}}}};
    for (int i = 0; i < 4; ++i) CHECK(rig.enters(0));
    CHECK(rig.admitted(1, 1000) == 1000);
    for (int i = 0; i < 2; ++i) CHECK(rig.enters(0));  // six of ten: half way of class 1
    CHECK(rig.admitted(0, 1000) == 1000);
    CHECK(rig.admitted(1, 10'000) == Approx(5000).margin(200));
    CHECK(rig.admitted(9, 10'000) == Approx(5000).margin(200));  // as the last of the list
    for (int i = 0; i < 2; ++i) CHECK(rig.enters(0));
    CHECK(rig.admitted(1, 1000) == 0);
    CHECK(rig.admitted(0, 1000) == 1000);
}

TEST_CASE("never more are under way than there are places, and with partitions twice as many at the worst") {
    CHECK(rc::check("for any strategy and any history", [] {
        const auto places = *rc::gen::inRange<std::uint32_t>(1, 12);
        const bool partitions = *rc::gen::arbitrary<bool>();
        ShedSettings settings{.max_concurrent = places, .strategy = ShedByChance{{{1, 1}, {0.5, 1}, {0, 1}}}};
        if (partitions) settings.strategy = ShedPartitions{{0.5, 0.25, 0.25}};
        ShedRig rig{settings};
        for (int step = 0; step < 200; ++step) {
            if (*rc::gen::inRange(0, 3) == 0 && !rig.inside.empty())
                rig.leaves();
            else
                rig.enters(static_cast<std::uint8_t>(*rc::gen::inRange(0, 3)));
            RC_ASSERT(rig.shed.under_way() == rig.inside.size());
            // The guarantees are rounded up, one place a class at the most.
            RC_ASSERT(rig.shed.under_way() <= (partitions ? 2 * places + 3 : places));
        }
    }));
}

TEST_CASE("guarantees that cannot all be kept, and ramps that go down, are mistakes") {
    CHECK(Complaints::about(ShedPartitions{{0.6, 0.6}}) == std::vector<std::string>{"guarantees"});
    CHECK(Complaints::about(ShedRamp{0.9, 0.5}) == std::vector<std::string>{"from"});
    CHECK(Complaints::about(ShedByChance{}) == std::vector<std::string>{"classes"});
}
