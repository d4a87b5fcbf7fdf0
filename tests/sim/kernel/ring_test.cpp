#include "sim/kernel/ring.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <deque>

using stampede::sim::Ring;

TEST_CASE("a ring is a queue, however it grows and wraps around") {
    CHECK(rc::check("ring = deque", [](const std::vector<bool>& pushes) {
        Ring<int> ring;
        std::deque<int> reference;
        int next = 0;
        for (const bool push : pushes) {
            // Twelve at a time, so that it grows beyond its first block again and again.
            for (int i = 0; i < 12; ++i) {
                if (push) {
                    ring.push(next);
                    reference.push_back(next++);
                } else if (!reference.empty()) {
                    RC_ASSERT(ring.front() == reference.front());
                    ring.pop();
                    reference.pop_front();
                }
            }
            RC_ASSERT(ring.size() == reference.size());
            RC_ASSERT(ring.empty() == reference.empty());
        }
    }));
}

TEST_CASE("a ring that grows while its content is wrapped around keeps the order") {
    Ring<int> ring;
    for (int i = 0; i < 64; ++i) ring.push(i);
    for (int i = 0; i < 40; ++i) ring.pop();
    for (int i = 64; i < 200; ++i) ring.push(i);
    for (int i = 40; i < 200; ++i) {
        REQUIRE(ring.front() == i);
        ring.pop();
    }
    CHECK(ring.empty());
}
