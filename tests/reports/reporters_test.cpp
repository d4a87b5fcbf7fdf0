#include <catch2/catch.hpp>

#include "reports/reporter.hpp"
#include "tests/reports/made_up.hpp"

using namespace stampede::reports;

TEST_CASE("a file's name says its format") {
    REQUIRE(reporter_for("out.json"));
    CHECK(reporter_for("a.b/out.json")->extension == ".json");
    CHECK(reporter_for("out.jsn") == nullptr);
    CHECK(reporter_for("json") == nullptr);
    CHECK(reporter_for("") == nullptr);
}

TEST_CASE("every format has a name, a sentence and a rendering of any report") {
    for (const Reporter& reporter : reporters()) {
        CHECK(reporter.extension.starts_with("."));
        CHECK_FALSE(reporter.doc.empty());
        CHECK(reporter_for(std::string("x").append(reporter.extension)) == &reporter);
        CHECK_FALSE(reporter.render(made_up::comparison(2)).empty());
        CHECK_FALSE(reporter.render(Report{}).empty());
    }
}
