#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "policies/core/same.hpp"
#include "scenarios/format/describe.hpp"
#include "tests/scenarios/format/schema_validator.hpp"
#include "tests/scenarios/format/support.hpp"

using namespace stampede;
using namespace stampede::scenarios;
using namespace std::chrono_literals;

namespace {

std::string with_retry(const std::string& settings) {
    return changed(R"("retry": { "max_attempts": 5, "on": ["transient", "timeout"],
                   "backoff": { "exponential": { "initial": "100ms", "max": "10s" } }, "jitter": "full" })",
                   "\"retry\": " + settings);
}

RetrySettings retry_of(const std::string& settings, const std::vector<Override>& overrides = {}) {
    const Reading reading = read(with_retry(settings), overrides);
    INFO(render(reading.diagnostics));
    REQUIRE(reading.scenario);
    return std::get<RetrySettings>(reading.scenario->policies[0].value[2]);
}

}  // namespace

TEST_CASE("a layer that names a dialect and nothing else is that library's") {
    for (const Dialect dialect : RetrySettings::dialects)
        CHECK(
            same(retry_of(R"({"dialect": ")" + std::string(choice_name(dialect)) + "\"}"), RetrySettings::of(dialect)));
}

TEST_CASE("what a layer says itself goes before its dialect") {
    const RetrySettings settings = retry_of(R"({"max_attempts": 9, "dialect": "envoy"})");
    CHECK(settings.max_attempts == 9);
    CHECK(same(settings.backoff, RetrySettings::of(Dialect::envoy).backoff));
}

TEST_CASE("of the kind that the dialect has, what is left out is as the dialect has it") {
    const RetrySettings settings = retry_of(R"({"dialect": "envoy", "backoff": {"exponential": {"initial": "10ms"}}})");
    CHECK(std::get<ExponentialBackoff>(settings.backoff).initial == 10ms);
    CHECK(std::get<ExponentialBackoff>(settings.backoff).max == 250ms);
}

TEST_CASE("a path into a layer goes on from the dialect, and can change it") {
    const auto one = retry_of(R"({"dialect": "envoy"})", {{"policies.checkout.retry.backoff.exponential.max", "1s"}});
    CHECK(std::get<ExponentialBackoff>(one.backoff).initial == 25ms);
    CHECK(std::get<ExponentialBackoff>(one.backoff).max == 1s);
    CHECK(same(retry_of("{}", {{"policies.checkout.retry.dialect", "polly"}}), RetrySettings::of(Dialect::polly)));
}

TEST_CASE("a dialect that a family does not know is a mistake that names those that it knows") {
    const Reading reading = read(with_retry(R"({"dialect": "poly"})"));
    REQUIRE(reading.diagnostics.size() == 1);
    CHECK(reading.diagnostics[0].message == "unknown name \"poly\"");
    CHECK(reading.diagnostics[0].hint == "did you mean \"polly\"?");
    CHECK(read(with_retry(R"({"dialect": "opossum"})")).diagnostics.size() == 1);
}

TEST_CASE("the schema knows each family's dialects, and that they have defaults for what is required") {
    const auto accepts = [](const std::string& settings) {
        const auto json = nlohmann::ordered_json::parse(with_retry(settings));
        return violation(schema(), json, "").empty();
    };
    CHECK(accepts(R"({"dialect": "polly"})"));
    CHECK_FALSE(accepts(R"({"dialect": "poly"})"));
}

TEST_CASE("what a dialect sets otherwise is told by the tables") {
    for (const FamilyText& family : families()) {
        if (family.name != "dialects") continue;
        const auto polly = std::find_if(family.items.begin(), family.items.end(),
                                        [](const ItemText& item) { return item.name == "polly"; });
        REQUIRE(polly != family.items.end());
        const auto setting = std::find_if(polly->parameters.begin(), polly->parameters.end(),
                                          [](const ParameterText& p) { return p.name == "retry.max_attempts"; });
        REQUIRE(setting != polly->parameters.end());
        CHECK(setting->default_value == "4");
    }
}
