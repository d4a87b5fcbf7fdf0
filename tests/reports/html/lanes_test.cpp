#include "reports/html/lanes.hpp"

#include <catch2/catch.hpp>

using namespace stampede;
using namespace stampede::reports::html;

namespace {

Instant at(double seconds) { return Instant{from_seconds(seconds)}; }

constexpr auto why = BreakerReason::failure_rate;

}  // namespace

TEST_CASE("a breaker that stays closed leaves its lane empty") {
    CHECK(draw_lanes({{"a", {}}}, Scale::time(100), 600).empty());
}

TEST_CASE("an open breaker is drawn from its opening to its closing") {
    const sim::BreakerLane lane{"a",
                                {{at(10), BreakerState::closed, BreakerState::open, why},
                                 {at(19.9), BreakerState::open, BreakerState::closed, why}}};
    // 600 columns in 1000 units over 100 s: from column 60 to the end of column 119.
    CHECK(draw_lanes({lane}, Scale::time(100), 600) == "<path class=\"open\" d=\"M100 80h100v840h-100Z\"/>");
}

TEST_CASE("a probe of a millisecond is seen") {
    const sim::BreakerLane lane{"a",
                                {{at(10), BreakerState::closed, BreakerState::open, why},
                                 {at(20), BreakerState::open, BreakerState::half_open, why},
                                 {at(20.001), BreakerState::half_open, BreakerState::open, why}}};
    CHECK(draw_lanes({lane}, Scale::time(100), 600).find("class=\"half-open\" d=\"M200 80h1.7") != std::string::npos);
}

TEST_CASE("a state lasts to the end of the run") {
    const sim::BreakerLane lane{"a", {{at(50), BreakerState::closed, BreakerState::open, why}}};
    CHECK(draw_lanes({lane}, Scale::time(100), 600).find("M500 80h500") != std::string::npos);
}
