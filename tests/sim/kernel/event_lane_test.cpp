#include "sim/kernel/event_lane.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cstdint>
#include <deque>
#include <vector>

#include "sim/kernel/arena.hpp"

using namespace stampede::sim;

namespace {

Event numbered(std::uint32_t subject) {
    Event event;
    event.subject = subject;
    return event;
}

void fill(EventLane& lane, std::uint32_t events) {
    for (std::uint32_t i = 0; i < events; ++i) lane.push(numbered(i));
}

}  // namespace

TEST_CASE("a lane is a queue, however many chunks it fills and gives back, and whatever is taken out of it") {
    CHECK(rc::check("lane = deque", [](const std::vector<bool>& pushes) {
        EventLane lane;
        std::deque<std::uint32_t> reference;
        std::uint32_t next = 0;
        for (const bool push : pushes) {
            // So many at a time that chunks are opened and closed again and again.
            for (int i = 0; i < 700; ++i) {
                if (push) {
                    lane.push(numbered(next));
                    reference.push_back(next++);
                } else if (!reference.empty()) {
                    RC_ASSERT(lane.front().subject == reference.front());
                    lane.pop();
                    reference.pop_front();
                }
            }
            if (*rc::gen::inRange(0, 4) == 0) {
                const auto of = *rc::gen::inRange<std::uint32_t>(1, 4);  // 1: all
                lane.remove_if([&](const Event& event) { return event.subject % of == 0; });
                std::erase_if(reference, [&](std::uint32_t subject) { return subject % of == 0; });
                RC_ASSERT_FALSE(lane.has_doubled());
            }
            RC_ASSERT(lane.size() == reference.size());
            RC_ASSERT(lane.empty() == reference.empty());
            if (!lane.empty()) RC_ASSERT(lane.front().subject == reference.front());
        }
    }));
}

TEST_CASE("a lane shows what lies a few places behind its front, within a chunk") {
    EventLane lane;
    fill(lane, 2000);
    REQUIRE(lane.ahead(8) != nullptr);
    CHECK(lane.ahead(8)->subject == 8);
    for (int i = 0; i < 1020; ++i) lane.pop();
    CHECK(lane.ahead(8) == nullptr);
}

TEST_CASE("a lane whose chunks are all full after a sweep takes more") {
    EventLane lane;
    fill(lane, 3000);
    lane.remove_if([](const Event& event) { return event.subject >= 1024; });
    REQUIRE(lane.size() == 1024);
    lane.push(numbered(7777));
    for (std::uint32_t i = 0; i < 1024; ++i, lane.pop()) CHECK(lane.front().subject == i);
    CHECK(lane.front().subject == 7777);
    lane.pop();
    CHECK(lane.empty());
}

TEST_CASE("an arena gives memory that does not overlap and begins at a line of the cache") {
    Arena arena;
    std::vector<std::byte*> taken;
    const std::vector<std::size_t> sizes{1, 64, 100, std::size_t{3} << 20U, 64, std::size_t{2} << 20U, 1000};
    for (const std::size_t size : sizes) {
        taken.push_back(arena.take(size));
        for (std::size_t i = 0; i < size; ++i) taken.back()[i] = static_cast<std::byte>(taken.size());
    }
    for (std::size_t n = 0; n < sizes.size(); ++n) {
        CHECK(reinterpret_cast<std::uintptr_t>(taken[n]) % 64 == 0);
        for (std::size_t i = 0; i < sizes[n]; ++i)
            if (taken[n][i] != static_cast<std::byte>(n + 1)) FAIL("overwritten at " << i << " of " << n);
    }
}
