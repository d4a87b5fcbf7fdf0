#include "sim/kernel/event_heap.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>

using namespace stampede;
using namespace stampede::sim;

namespace {

Event heap_event(std::int64_t nanoseconds, std::uint32_t order) {
    Event event;
    event.at = Instant{Duration{nanoseconds}};
    event.order = order;
    return event;
}

}  // namespace

TEST_CASE("events leave the heap by time, ties by insertion, as a stable sort would have them") {
    CHECK(rc::check("heap order = stable sort", [](const std::vector<std::uint8_t>& times) {
        EventHeap heap;
        std::vector<Event> expected;
        for (const std::uint8_t time : times) {
            expected.push_back(heap_event(time, static_cast<std::uint32_t>(expected.size())));
            heap.push(expected.back());
        }
        std::stable_sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
        RC_ASSERT(heap.size() == expected.size());
        for (const Event& event : expected) {
            RC_ASSERT(heap.top().order == event.order);
            heap.pop();
        }
        RC_ASSERT(heap.empty());
    }));
}

TEST_CASE("the heap's top stays the earliest while pushes and pops alternate") {
    CHECK(rc::check("top = minimum", [](const std::vector<std::pair<bool, std::uint8_t>>& steps) {
        EventHeap heap;
        std::vector<Event> reference;
        std::uint32_t order = 0;
        for (const auto& [pops, time] : steps) {
            if (!pops) {
                reference.push_back(heap_event(time, order++));
                heap.push(reference.back());
            } else if (!reference.empty()) {
                const auto first = std::min_element(reference.begin(), reference.end(), before);
                RC_ASSERT(heap.top().order == first->order);
                reference.erase(first);
                heap.pop();
            }
            RC_ASSERT(heap.size() == reference.size());
        }
    }));
}

TEST_CASE("of two events at one time the later inserted is later, also where the count of insertions wraps around") {
    CHECK(before(heap_event(5, 0xffffffff), heap_event(5, 0)));
    CHECK_FALSE(before(heap_event(5, 0), heap_event(5, 0xffffffff)));
    CHECK(before(heap_event(4, 0), heap_event(5, 0xffffffff)));
}
