#include "cli/seeds.hpp"

#include <catch2/catch.hpp>

#include "cli/exit.hpp"

using namespace stampede::cli;
using Seeds = std::vector<std::uint64_t>;

TEST_CASE("a number counts from one, a range is both ends and what lies between") {
    CHECK(parse_seeds("3") == Seeds{1, 2, 3});
    CHECK(parse_seeds("5..7") == Seeds{5, 6, 7});
    CHECK(parse_seeds("0..0") == Seeds{0});
    CHECK(parse_seeds("18446744073709551615..18446744073709551615") == Seeds{18446744073709551615U});
}

TEST_CASE("anything else is wrong usage") {
    for (const char* text : {"", "0", "-1", "3..2", "1..", "..3", "1...3", "a", "1..b", " 3", "3 ", "1e3", "100001",
                             "0..18446744073709551615", "99999999999999999999"}) {
        INFO(text);
        try {
            (void)parse_seeds(text);
            FAIL("accepted");
        } catch (const Stop& stop) {
            CHECK(stop.exit == cli::Exit::wrong_usage);
        }
    }
}
