#include "scenarios/format/suggest.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

using namespace stampede::scenarios;

TEST_CASE("a slip is answered with the name that was meant") {
    CHECK(suggest("jiter", {"backoff", "jitter"}) == "did you mean \"jitter\"?");
    CHECK(suggest("overlaod", {"timeout", "overload"}) == "did you mean \"overload\"?");
    CHECK(suggest("Full", {"none", "full", "equal"}) == "did you mean \"full\"?");
}

TEST_CASE("what resembles nothing is answered with what there is") {
    CHECK(suggest("zebra", {"none", "full"}) == "known: \"none\", \"full\"");
    CHECK(suggest("x", {}).empty());
    CHECK(suggest(std::string(1'000'000, 'a'), {"none"}) == "known: \"none\"");
}

TEST_CASE("a change, an insertion, a removal and a swap are one step each") {
    CHECK(edit_distance("full", "fall") == 1);
    CHECK(edit_distance("full", "ful") == 1);
    CHECK(edit_distance("full", "fulll") == 1);
    CHECK(edit_distance("full", "flul") == 1);
    CHECK(edit_distance("", "abc") == 3);
}

TEST_CASE("the distance is one of a metric space") {
    CHECK(rc::check("identity, symmetry and bounds", [](const std::string& a, const std::string& b) {
        RC_ASSERT(edit_distance(a, a) == 0U);
        RC_ASSERT(edit_distance(a, b) == edit_distance(b, a));
        RC_ASSERT(edit_distance(a, b) <= std::max(a.size(), b.size()));
        RC_ASSERT((edit_distance(a, b) == 0U) == (a == b));
    }));
}
