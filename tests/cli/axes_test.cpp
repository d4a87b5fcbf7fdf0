#include "cli/axes.hpp"

#include <catch2/catch.hpp>

#include "cli/exit.hpp"

using namespace stampede;
using namespace stampede::cli;

namespace {

scenarios::Scenario with_stacks(Table<StackSettings> stacks) {
    scenarios::Scenario scenario;
    scenario.policies = std::move(stacks);
    return scenario;
}

std::vector<std::string> names_of(const std::vector<scenarios::Variant>& variants) {
    std::vector<std::string> names;
    for (const scenarios::Variant& variant : variants) names.push_back(variant.name);
    return names;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("an override is split at its first equals sign") {
    CHECK(parse_override("a.b=c=d", "--set").path == "a.b");
    CHECK(parse_override("a.b=c=d", "--set").value == "c=d");
    CHECK(parse_override("a=", "--set").value.empty());
    CHECK_THROWS_AS(parse_override("a.b", "--set"), Stop);
    CHECK_THROWS_AS(parse_override("=b", "--set"), Stop);
}

TEST_CASE("values are split at commas outside of JSON") {
    CHECK(split_values("1,2,3") == Words{"1", "2", "3"});
    CHECK(split_values(R"({"a":1,"b":2},"x,y",[1,2])") == Words{R"({"a":1,"b":2})", R"("x,y")", "[1,2]"});
    CHECK(split_values("") == Words{""});
}

TEST_CASE("a jitter goes into every retry layer") {
    const auto scenario = with_stacks({{"web", {TimeoutSettings{}, RetrySettings{}}},
                                       {"batch", {RetrySettings{}, RetrySettings{}}},
                                       {"bare", {TimeoutSettings{}}}});
    const Axis axis = jitter_axis("none,full", scenario);
    CHECK(names_of(axis) == Words{"none", "full"});
    REQUIRE(axis[1].overrides.size() == 3);
    CHECK(axis[1].overrides[0].path == "policies.web.retry.jitter");
    CHECK(axis[1].overrides[0].value == "full");
    CHECK(axis[1].overrides[1].path == "policies.batch.retry[0].jitter");
    CHECK(axis[1].overrides[2].path == "policies.batch.retry[1].jitter");
    CHECK_THROWS_AS(jitter_axis("none,ful", scenario), Stop);
    CHECK_THROWS_AS(jitter_axis("none,full", with_stacks({{"bare", {TimeoutSettings{}}}})), Stop);
}

TEST_CASE("axes make every combination, each with one name") {
    const auto variants = combine(vary_axes({"policies.web.retry.max_attempts=2,4", "services.s.queue.limit=10,20"}));
    CHECK(names_of(variants) == Words{"max_attempts=2 limit=10", "max_attempts=2 limit=20", "max_attempts=4 limit=10",
                                      "max_attempts=4 limit=20"});
    REQUIRE(variants[3].overrides.size() == 2);
    CHECK(variants[3].overrides[1].path == "services.s.queue.limit");
    CHECK(variants[3].overrides[1].value == "20");
    CHECK_THROWS_AS(combine(vary_axes({"a.b=1,1"})), Stop);
}

TEST_CASE("an axis is called by as many steps of its path as tell it from the others") {
    const auto variants = combine(vary_axes({"services.a.workers=1", "services.b.workers=2", "clients.c.count=3"}));
    CHECK(names_of(variants) == Words{"a.workers=1 b.workers=2 count=3"});
    CHECK(names_of(vary_axes({"x.y=1", "y=2"})[0]) == Words{"x.y=1"});
    CHECK(names_of(vary_axes({"x.y=1", "y=2"})[1]) == Words{"y=2"});
    CHECK_THROWS_AS(vary_axes({"a.b=1", "a.b=2"}), Stop);  // the second would undo the first
    CHECK_THROWS_AS(vary_axes({"run.seeds=1,2"}), Stop);
}
