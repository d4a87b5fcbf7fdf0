#include "sim/kernel/calendar.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <utility>
#include <vector>

#include "policies/random/stream.hpp"

using namespace stampede;
using namespace stampede::sim;

namespace {

Event event_at(std::int64_t nanoseconds, std::uint32_t order) {
    Event event;
    event.at = Instant{Duration{nanoseconds}};
    event.order = order;
    return event;
}

/// What a calendar is meant to be: the pending events, sorted.
class SortedEvents {
public:
    void push(const Event& event) {
        events_.insert(std::upper_bound(events_.begin(), events_.end(), event, before), event);
    }
    [[nodiscard]] const Event& top() const { return events_.front(); }
    void pop() { events_.erase(events_.begin()); }
    [[nodiscard]] std::size_t size() const { return events_.size(); }

private:
    std::vector<Event> events_;
};

/// A delay of any size that matters: within a bag, a page, the ring of pages, and beyond.
std::int64_t any_delay() {
    const int bits = *rc::gen::inRange(0, 45);
    return *rc::gen::inRange<std::int64_t>(0, (std::int64_t{1} << bits) + 1);
}

}  // namespace

TEST_CASE("a calendar gives events by time, then by insertion, as a sorted list does") {
    CHECK(rc::check("calendar = sorted list", [] {
        Calendar calendar;
        SortedEvents sorted;
        std::int64_t now = 0;
        const int steps = *rc::gen::inRange(1, 400);
        for (int step = 0; step < steps; ++step) {
            if (sorted.size() == 0 || *rc::gen::inRange(0, 5) < 3) {
                const Event event = event_at(now + any_delay(), static_cast<std::uint32_t>(step));
                calendar.push(event);
                sorted.push(event);
                continue;
            }
            // Looking ahead opens bags early; what is added afterwards may come before them.
            RC_ASSERT(calendar.top().order == sorted.top().order);
            if (*rc::gen::inRange(0, 3) == 0) continue;
            now = sorted.top().at.time_since_epoch().count();
            calendar.pop();
            sorted.pop();
        }
        for (; sorted.size() > 0; sorted.pop(), calendar.pop()) {
            RC_ASSERT(calendar.size() == sorted.size());
            RC_ASSERT(calendar.top().order == sorted.top().order);
        }
        RC_ASSERT(calendar.empty());
    }));
}

TEST_CASE("where events come densely time is cut more finely, and they still come in their order") {
    CHECK(rc::check("dense calendar = sorted list", [](std::uint64_t seed) {
        Stream random = Stream::of(seed, 0, 0);
        Calendar calendar;
        std::set<std::pair<std::int64_t, std::uint32_t>> sorted;
        std::uint32_t order = 0;
        const auto push = [&](std::int64_t at) {
            calendar.push(event_at(at, order));
            sorted.insert({at, order++});
        };
        // Delays from nanoseconds to half an hour: at 20,000 pending, tens of thousands of the shorter ones a second.
        const auto delay = [&] { return static_cast<std::int64_t>(std::exp2(41 * random.uniform())); };
        for (int i = 0; i < 20'000; ++i) push(delay());
        for (int i = 0; i < 60'000; ++i) {
            const auto [at, first] = *sorted.begin();
            RC_ASSERT(calendar.top().order == first);
            calendar.pop();
            sorted.erase(sorted.begin());
            push(at + delay());
        }
        for (; !sorted.empty(); sorted.erase(sorted.begin()), calendar.pop())
            RC_ASSERT(calendar.top().order == sorted.begin()->second);
        RC_ASSERT(calendar.empty());
    }));
}

TEST_CASE("many events of one instant come in the order of insertion") {
    Calendar calendar;
    for (std::uint32_t i = 0; i < 10'000; ++i) calendar.push(event_at(1'000'000'000, i));
    for (std::uint32_t i = 0; i < 10'000; ++i, calendar.pop()) REQUIRE(calendar.top().order == i);
    CHECK(calendar.empty());
}

TEST_CASE("orders that wrap around keep their sequence") {
    Calendar calendar;
    calendar.push(event_at(5, 0xffffffffU));
    calendar.push(event_at(5, 0));
    CHECK(calendar.top().order == 0xffffffffU);
    calendar.pop();
    CHECK(calendar.top().order == 0);
}
