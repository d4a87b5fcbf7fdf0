#include "sim/measure/windows.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "tests/sim/support/build.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;

namespace stampede::sim {
// For comparing and for messages of failed checks.
bool operator==(const BinRange& a, const BinRange& b) { return a.first == b.first && a.last == b.last; }
std::ostream& operator<<(std::ostream& out, const BinRange& range) {
    return out << '[' << range.first << ", " << range.last << ')';
}
}  // namespace stampede::sim

namespace {

FaultWindow fault(Duration begin, Duration end) {
    return {"outage", "services.api", Instant{} + begin, Instant{} + end};
}

/// A run of 20 s, 200 bins of 100 ms.
Windows windows(const std::vector<FaultWindow>& faults, Duration warmup = {}) {
    scenarios::RunSettings run;
    run.duration = 20s;
    run.warmup = warmup;
    return windows_of(run, faults, 200);
}

using Ranges = std::vector<BinRange>;

}  // namespace

TEST_CASE("one fault: what is before it, in it and after it") {
    const Windows w = windows({fault(6s, 9s)}, 1s);
    CHECK(w.measured == BinRange{10, 200});
    CHECK(w.baseline == BinRange{10, 60});
    CHECK(w.faults == Ranges{{60, 90}});
    CHECK(w.recovery == Ranges{{90, 200}});
    CHECK(*w.first_fault_begin == Instant{} + 6s);
    CHECK(*w.last_fault_end == Instant{} + 9s);
    CHECK(*w.after_faults == BinRange{90, 200});
    CHECK_FALSE(w.in_fault(59));
    CHECK(w.in_fault(60));
    CHECK(w.in_fault(89));
    CHECK_FALSE(w.in_fault(90));
}

TEST_CASE("without a fault all that is measured is baseline and recovery, and nothing is after a fault") {
    const Windows w = windows({}, 2s);
    CHECK(w.baseline == BinRange{20, 200});
    CHECK(w.recovery == Ranges{{20, 200}});
    CHECK(w.faults.empty());
    CHECK_FALSE(w.first_fault_begin);
    CHECK_FALSE(w.last_fault_end);
    CHECK_FALSE(w.after_faults);
}

TEST_CASE("faults that overlap or touch are one, in whatever order they are listed") {
    for (const auto& faults :
         {std::vector{fault(6s, 9s), fault(8s, 11s)}, std::vector{fault(8s, 11s), fault(6s, 9s)},
          std::vector{fault(6s, 9s), fault(9s, 11s)}, std::vector{fault(6s, 11s), fault(7s, 8s)}}) {
        const Windows w = windows(faults);
        CHECK(w.faults == Ranges{{60, 110}});
        CHECK(w.recovery == Ranges{{110, 200}});
        CHECK(*w.last_fault_end == Instant{} + 11s);
    }
}

TEST_CASE("between two faults there is a recovery window of its own") {
    const Windows w = windows({fault(12s, 14s), fault(6s, 9s)});
    CHECK(w.baseline == BinRange{0, 60});
    CHECK(w.faults == Ranges{{60, 90}, {120, 140}});
    CHECK(w.recovery == Ranges{{90, 120}, {140, 200}});
    CHECK(*w.after_faults == BinRange{140, 200});
}

TEST_CASE("a bin that a fault's edge cuts belongs to the fault") {
    const Windows w = windows({fault(6'050ms, 8'950ms)});
    CHECK(w.baseline == BinRange{0, 60});
    CHECK(w.faults == Ranges{{60, 90}});
    CHECK(w.recovery == Ranges{{90, 200}});
}

TEST_CASE("a fault that outlasts the run, or ends with it, leaves no recovery") {
    for (const Duration end : {20s, 30s}) {
        const Windows w = windows({fault(6s, end)});
        CHECK(w.faults == Ranges{{60, 200}});
        CHECK(w.recovery.empty());
        CHECK_FALSE(w.last_fault_end);
        CHECK_FALSE(w.after_faults);
    }
}

TEST_CASE("a fault from the start leaves no baseline") {
    const Windows w = windows({fault(0s, 3s)});
    CHECK(w.baseline.empty());
    CHECK(w.recovery == Ranges{{30, 200}});
}

TEST_CASE("what lies in the warm-up is not measured") {
    const Windows w = windows({fault(1s, 3s)}, 5s);
    CHECK(w.baseline.empty());
    CHECK(w.faults.front().empty());
    CHECK(w.recovery == Ranges{{50, 200}});
}

TEST_CASE("a warm-up that ends inside a bin leaves that bin out") {
    CHECK(windows({}, 1'050ms).measured == BinRange{11, 200});
}

TEST_CASE("baseline, faults and recovery windows never overlap, and with the bins between cover what is measured") {
    CHECK(rc::check("a partition", [] {
        std::vector<FaultWindow> faults;
        const auto edges = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 25'000));
        for (std::size_t i = 0; i + 1 < edges.size() && i < 8; i += 2)
            faults.push_back(fault(std::chrono::milliseconds{std::min(edges[i], edges[i + 1])},
                                   std::chrono::milliseconds{std::max(edges[i], edges[i + 1]) + 1}));
        const Windows w = windows(faults, std::chrono::milliseconds{*rc::gen::inRange(0, 20'000)});
        std::vector<int> seen(200);
        const auto mark = [&](const BinRange& range) {
            for (std::size_t i = range.first; i < range.last; ++i) ++seen[i];
        };
        if (!faults.empty()) mark(w.baseline);
        for (const auto& range : w.recovery) mark(range);
        for (std::size_t i = 0; i < 200; ++i) {
            const int wanted = i < w.measured.first || w.in_fault(i) ? 0 : 1;
            RC_ASSERT(seen[i] == wanted);
        }
    }));
}

TEST_CASE("a scenario's faults become windows with their kind and subject") {
    Build build;
    build.fault(outage(6s, 3s)).fault(slowdown(1s, 2s, 3));
    const auto faults = fault_windows(build.scenario(), build.scenario().faults);
    REQUIRE(faults.size() == 2);
    CHECK(faults[0].kind == "outage");
    CHECK(faults[0].subject == "services.api");
    CHECK(faults[0].begin == Instant{} + 6s);
    CHECK(faults[0].end == Instant{} + 9s);
    CHECK(faults[1].kind == "slowdown");
}

TEST_CASE("a last fault that ends inside the last bin leaves no window after the faults") {
    const Windows w = windows({fault(5s, 8s), fault(12s, 19s + 950ms)});
    CHECK(w.recovery.size() == 1);
    CHECK_FALSE(w.after_faults);
}
