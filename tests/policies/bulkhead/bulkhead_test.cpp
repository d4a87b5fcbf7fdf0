#include "policies/bulkhead/bulkhead.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "tests/policies/support/bench.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

struct BulkheadRig {
    explicit BulkheadRig(BulkheadSettings chosen) : settings(chosen) {}

    BulkheadSettings settings;
    Bench bench;
    Bulkhead bulkhead{settings};
    std::map<std::uint32_t, Frame> frames;  // by call id

    Entry enter(std::uint32_t id) {
        Context context = bench.context(id, id + 1000);
        return bulkhead.enter(context, frames[id] = Frame{});
    }
    void leave(std::uint32_t id) {
        Context context = bench.context(id);
        CHECK(bulkhead.leave(context, frames.at(id), Outcome::timeout).outcome == Outcome::timeout);
    }
    void cancel(std::uint32_t id) {
        Context context = bench.context(id);
        bulkhead.cancel(context, frames.at(id));
    }
    Outcome timer(std::uint32_t id) {
        Context context = bench.context(id);
        const Verdict verdict = bulkhead.timer(context, frames.at(id));
        REQUIRE(verdict.kind == Verdict::Kind::cut);
        return verdict.outcome;
    }
};

}  // namespace

TEST_CASE("a bulkhead lets in as many as it has places and refuses the others") {
    BulkheadRig rig{{.max_concurrent = 2}};
    CHECK(rig.enter(1).kind == Entry::Kind::proceed);
    CHECK(rig.enter(2).kind == Entry::Kind::proceed);
    const Entry refused = rig.enter(3);
    CHECK(refused.kind == Entry::Kind::refuse);
    CHECK(refused.outcome == Outcome::bulkhead_full);
    rig.leave(1);
    CHECK(rig.enter(4).kind == Entry::Kind::proceed);
    CHECK(rig.bulkhead.inside() == 2);
}

TEST_CASE("those who wait are woken in the order in which they came, each under its own token") {
    BulkheadRig rig{{.max_concurrent = 1, .max_waiting = 2, .max_wait = 5s}};
    rig.enter(1);
    CHECK(rig.enter(2).kind == Entry::Kind::wait);
    CHECK(rig.enter(3).timer == 5s);
    CHECK(rig.enter(4).kind == Entry::Kind::refuse);
    rig.leave(1);
    rig.leave(2);
    CHECK(rig.bench.woken == std::vector<CallRef>{{2, 1002}, {3, 1003}});
    rig.leave(3);
    CHECK(rig.bulkhead.inside() == 0);
}

TEST_CASE("without a longest wait a call waits as long as it takes") {
    BulkheadRig rig{{.max_concurrent = 1, .max_waiting = 1}};
    rig.enter(1);
    CHECK(rig.enter(2).timer == no_timer);
}

TEST_CASE("nobody slips in between a place that is handed over and the call that was woken for it") {
    BulkheadRig rig{{.max_concurrent = 1, .max_waiting = 1}};
    rig.enter(1);
    rig.enter(2);
    rig.leave(1);
    CHECK(rig.bulkhead.inside() == 1);
    CHECK(rig.enter(3).kind == Entry::Kind::wait);
}

TEST_CASE("a call that has waited too long is refused and leaves the room") {
    BulkheadRig rig{{.max_concurrent = 1, .max_waiting = 2, .max_wait = 1s}};
    rig.enter(1);
    rig.enter(2);
    rig.enter(3);
    CHECK(rig.timer(2) == Outcome::bulkhead_full);
    CHECK(rig.bulkhead.waiting() == 1);
    rig.leave(1);
    CHECK(rig.bench.woken == std::vector<CallRef>{{3, 1003}});
}

TEST_CASE("a waiting call that is cancelled leaves the room") {
    BulkheadRig rig{{.max_concurrent = 1, .max_waiting = 2}};
    rig.enter(1);
    rig.enter(2);
    rig.enter(3);
    rig.cancel(3);
    CHECK(rig.bulkhead.waiting() == 1);
    rig.leave(1);
    rig.leave(2);
    CHECK(rig.bench.woken == std::vector<CallRef>{{2, 1002}});
    CHECK(rig.bulkhead.inside() == 0);
}

TEST_CASE("a woken call that is cut before it resumes gives its place on") {
    BulkheadRig rig{{.max_concurrent = 1, .max_waiting = 2, .max_wait = 1s}};
    rig.enter(1);
    rig.enter(2);
    rig.enter(3);
    rig.leave(1);  // wakes 2
    SECTION("by a cancel") { rig.cancel(2); }
    SECTION("by its own timer") { CHECK(rig.timer(2) == Outcome::bulkhead_full); }
    CHECK(rig.bench.woken == std::vector<CallRef>{{2, 1002}, {3, 1003}});
    CHECK(rig.bulkhead.inside() == 1);
    rig.leave(3);
    CHECK(rig.bulkhead.inside() == 0);
}

TEST_CASE("a bulkhead is never fuller than it may be, and everyone who waits is settled exactly once") {
    enum class Where { inside, waiting, woken, gone };
    CHECK(rc::check("for any history", [] {
        const auto max_concurrent = *rc::gen::inRange<std::uint32_t>(1, 5);
        const auto max_waiting = *rc::gen::inRange<std::uint32_t>(0, 5);
        Stream choose{*rc::gen::arbitrary<std::uint64_t>()};
        BulkheadRig rig{{.max_concurrent = max_concurrent, .max_waiting = max_waiting, .max_wait = 1s}};
        std::map<std::uint32_t, Where> calls;
        const auto count = [&](Where where) {
            return std::count_if(calls.begin(), calls.end(), [where](const auto& c) { return c.second == where; });
        };
        for (std::uint32_t id = 0; id < 200; ++id) {
            if (choose.bits() % 2 == 0) {
                const Entry entry = rig.enter(id);
                const bool full = count(Where::inside) + count(Where::woken) == max_concurrent;
                const bool room = count(Where::waiting) < max_waiting;
                using Kind = Entry::Kind;
                RC_ASSERT(entry.kind == (!full ? Kind::proceed : room ? Kind::wait : Kind::refuse));
                calls[id] = !full ? Where::inside : room ? Where::waiting : Where::gone;
            } else if (!calls.empty()) {
                auto at = std::next(calls.begin(), static_cast<std::ptrdiff_t>(choose.bits() % calls.size()));
                const Where was = at->second;
                if (was == Where::gone) continue;
                at->second = was == Where::woken && choose.bits() % 2 == 0 ? Where::inside : Where::gone;
                if (at->second == Where::inside) continue;  // it resumed: the bulkhead hears nothing of that
                if (was == Where::inside && choose.bits() % 2 == 0) {
                    rig.leave(at->first);
                } else {
                    rig.cancel(at->first);
                }
            }
            for (const CallRef& woken : rig.bench.woken) {
                const auto oldest =
                    std::find_if(calls.begin(), calls.end(), [](const auto& c) { return c.second == Where::waiting; });
                RC_ASSERT(oldest != calls.end());
                RC_ASSERT(woken.id == oldest->first);
                oldest->second = Where::woken;
            }
            rig.bench.woken.clear();
            RC_ASSERT(rig.bulkhead.inside() <= max_concurrent);
            RC_ASSERT(rig.bulkhead.inside() == count(Where::inside) + count(Where::woken));
            RC_ASSERT(rig.bulkhead.waiting() == count(Where::waiting));
        }
    }));
}

TEST_CASE("an idle bulkhead is small: a fleet has a hundred thousand") { CHECK(sizeof(Bulkhead) < 100); }

TEST_CASE("last in, first out: whoever came last gets the place, and nobody waits where the longest wait is zero") {
    BulkheadRig rig{{.max_concurrent = 1, .max_waiting = 3, .order = WaitingOrder::lifo}};
    for (const std::uint32_t id : {1, 2, 3, 4}) rig.enter(id);
    rig.cancel(3);
    rig.leave(1);
    rig.leave(4);
    REQUIRE(rig.bench.woken.size() == 2);
    CHECK(rig.bench.woken[0].id == 4);
    CHECK(rig.bench.woken[1].id == 2);
    BulkheadRig hasty{{.max_concurrent = 1, .max_waiting = 3, .max_wait = Duration{}}};
    hasty.enter(1);
    CHECK(hasty.enter(2).kind == Entry::Kind::refuse);
}

TEST_CASE("nobody waits for a place beyond a deadline") {
    BulkheadRig rig{{.max_concurrent = 1, .max_waiting = 3, .max_wait = 10s}};
    rig.enter(1);
    rig.bench.facts.deadline = Instant{3s};
    CHECK(rig.enter(2).timer == 3s);
    rig.bench.facts.deadline = Instant{0s};
    CHECK(rig.enter(3).kind == Entry::Kind::refuse);
}
