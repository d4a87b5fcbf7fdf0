#include "policies/breaker/bit_window.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <deque>

using stampede::BitWindow;

TEST_CASE("a window counts exactly the failures among its last outcomes, also after it was cleared") {
    CHECK(rc::check("against a queue", [](const std::vector<bool>& outcomes) {
        const auto capacity = *rc::gen::inRange<std::uint32_t>(1, 200);
        const auto clear_at = *rc::gen::inRange<std::size_t>(0, outcomes.size() + 1);
        BitWindow window{capacity};
        std::deque<bool> expected;
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            if (i == clear_at) {
                window.clear();
                expected.clear();
            }
            window.push(outcomes[i]);
            expected.push_back(outcomes[i]);
            if (expected.size() > capacity) expected.pop_front();
            RC_ASSERT(window.size() == expected.size());
            RC_ASSERT(window.failures() == std::count(expected.begin(), expected.end(), true));
        }
    }));
}

TEST_CASE("a window wraps around at sizes about a word") {
    for (const std::uint32_t capacity : {1U, 63U, 64U, 65U, 128U}) {
        BitWindow window{capacity};
        for (std::uint32_t i = 0; i < 3 * capacity; ++i) window.push(true);
        CHECK(window.failures() == capacity);
        for (std::uint32_t i = 0; i < capacity; ++i) window.push(false);
        CHECK(window.failures() == 0);
        CHECK(window.size() == capacity);
    }
}
