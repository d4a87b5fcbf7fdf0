#include "scenarios/format/describe.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace stampede;
using namespace stampede::scenarios;

namespace {

const FamilyText& family(std::string_view name) {
    for (const FamilyText& each : families())
        if (each.name == name) return each;
    throw std::logic_error("no such family");
}

}  // namespace

TEST_CASE("everything that can be named is listed with a description") {
    for (const FamilyText& each : families()) {
        INFO(each.name);
        CHECK_FALSE(each.items.empty());
        for (const ItemText& item : each.items) {
            INFO(item.name);
            CHECK_FALSE(item.doc.empty());
            for (const ParameterText& parameter : item.parameters) {
                INFO(parameter.name);
                CHECK_FALSE(parameter.doc.empty());
                CHECK_FALSE(parameter.type.empty());
                CHECK_FALSE(parameter.default_value.empty());
            }
        }
    }
}

TEST_CASE("families have one item for every alternative") {
    CHECK(family("policies").items.size() == std::variant_size_v<LayerSettings>);
    CHECK(family("jitters").items.size() == std::variant_size_v<Jitter>);
    CHECK(family("backoffs").items.size() == std::variant_size_v<Backoff>);
    CHECK(family("faults").items.size() == std::variant_size_v<Fault>);
    CHECK(family("distributions").items.size() == std::variant_size_v<TimeDistribution>);
    CHECK(family("loads").items.size() == std::variant_size_v<Load>);
    CHECK(family("outcomes").items.size() == outcome_count);
}

TEST_CASE("a parameter says how it is written, its default and its range") {
    const auto parameters = parameters_of<ExponentialBackoff>();
    REQUIRE(parameters.size() == 4);
    CHECK(parameters[1].name == "multiplier");
    CHECK(parameters[1].type == "number");
    CHECK(parameters[1].default_value == "2");
    CHECK(parameters[1].range == "from 1 to 100");
    CHECK(parameters[2].default_value == "60s");
    CHECK(parameters_of<TimeoutSettings>()[1].default_value == "required");
    const auto of_retry = parameters_of<RetrySettings>();
    const auto backoff =
        std::find_if(of_retry.begin(), of_retry.end(), [](const auto& each) { return each.name == "backoff"; });
    REQUIRE(backoff != of_retry.end());
    CHECK(backoff->default_value == "exponential");
}
