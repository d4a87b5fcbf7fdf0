#include "cli/progress.hpp"

#include <catch2/catch.hpp>

using namespace stampede::cli;

TEST_CASE("progress says seeds, simulated time, and what is left") {
    const Plan compare{50, 5, 50 * 180};
    CHECK(describe_progress(compare, 0, 0.4) == "0 of 10 seeds (0 of 50 runs), 0 s of 2.5 h simulated, 0 s");
    CHECK(describe_progress(compare, 17, 12) ==
          "3 of 10 seeds (17 of 50 runs), 51 min of 2.5 h simulated, 12 s, about 23 s to go");
    CHECK(describe_progress(compare, 50, 35) == "10 of 10 seeds (50 of 50 runs), 2.5 h of 2.5 h simulated, 35 s");
}

TEST_CASE("with one variant runs are seeds") {
    CHECK(describe_progress({4, 1, 240}, 1, 200) == "1 of 4 seeds, 60 s of 4 min simulated, 3 min, about 10 min to go");
}
