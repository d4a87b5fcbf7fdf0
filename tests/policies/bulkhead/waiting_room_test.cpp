#include "policies/bulkhead/waiting_room.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <deque>
#include <utility>

using namespace stampede;

TEST_CASE("a waiting room serves in the order of arrival, whoever else leaves it") {
    CHECK(rc::check("against a queue", [](std::uint64_t seed) {
        WaitingRoom room;
        std::deque<std::pair<std::int64_t, CallRef>> expected;
        std::int64_t last = 0;
        std::uint64_t state = seed;
        const auto next = [&state] { return (state = state * 6364136223846793005ULL + 1442695040888963407ULL) >> 33; };
        for (std::uint32_t i = 0; i < 400; ++i) {
            const auto choice = next() % 4;
            if (choice < 2) {
                const CallRef call{i, i + 1};
                const std::int64_t ticket = room.push(call);
                RC_ASSERT(ticket > last);
                last = ticket;
                expected.emplace_back(ticket, call);
            } else if (choice == 2 && !expected.empty()) {
                RC_ASSERT(room.pop() == expected.front().second);
                expected.pop_front();
            } else if (last > 0) {
                const auto ticket = 1 + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(last));
                const auto at = std::find_if(expected.begin(), expected.end(),
                                             [ticket](const auto& each) { return each.first == ticket; });
                RC_ASSERT(room.remove(ticket) == (at != expected.end()));
                if (at != expected.end()) expected.erase(at);
            }
            RC_ASSERT(room.size() == expected.size());
        }
    }));
}
