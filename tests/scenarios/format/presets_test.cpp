#include "scenarios/format/presets.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "scenarios/loading/stacks.hpp"
#include "tests/scenarios/format/schema_validator.hpp"
#include "tests/scenarios/format/support.hpp"

using namespace stampede;
using namespace stampede::scenarios;
using namespace std::chrono_literals;

namespace {

std::string with_policies(const std::string& policies) { return R"({"policies": )" + policies + "}"; }

StackSettings stack_of(const std::string& stack) {
    return parse_stacks(with_policies(R"({"checkout": )" + stack + "}"), "p.json").at("checkout");
}

std::vector<std::string> kinds(const StackSettings& stack) {
    std::vector<std::string> names;
    for (const auto& layer : stack)
        names.push_back(std::visit([](const auto& each) { return std::string(each.name); }, layer));
    return names;
}

Diagnostics mistakes_in(const std::string& stack) {
    try {
        (void)stack_of(stack);
    } catch (const LoadError& error) {
        return error.diagnostics();
    }
    return {};
}

/// The example with a preset in the place of its stack, and without what leads into its layers.
std::string example_with(const std::string& stack) {
    const auto from = example.find("\"checkout\": [");
    const auto to = example.find("]\n  },\n  \"clients\"");
    std::string text = example.substr(0, from) + "\"checkout\": " + stack + example.substr(to + 1);
    return changed(R"("none": { "policies.checkout.retry.jitter": "none" }, )", "", text);
}

}  // namespace

TEST_CASE("every preset is a stack that can be read") {
    for (const Preset& preset : presets()) {
        INFO(preset.name);
        CHECK_FALSE(stack_of(R"({"preset": ")" + std::string(preset.name) + "\"}").empty());
    }
}

TEST_CASE("a preset has its library's layers in its library's order") {
    CHECK(kinds(stack_of(R"({"preset": "resilience4j"})")) ==
          std::vector<std::string>{"retry", "breaker", "rate_limit", "timeout", "bulkhead"});
    CHECK(kinds(stack_of(R"({"preset": "microsoft-standard"})")) ==
          std::vector<std::string>{"bulkhead", "timeout", "retry", "breaker", "timeout"});
    CHECK(kinds(stack_of(R"({"preset": "aws-sdk"})")) == std::vector<std::string>{"retry", "timeout"});
}

TEST_CASE("further keys of a preset are paths into its layers") {
    const auto stack =
        stack_of(R"({"preset": "microsoft-standard", "retry.max_attempts": 6, "timeout[1].after": "2s"})");
    CHECK(std::get<RetrySettings>(stack[2]).max_attempts == 6);
    CHECK(std::get<TimeoutSettings>(stack[4]).after == 2s);
    CHECK(std::get<TimeoutSettings>(stack[1]).after == 30s);
}

TEST_CASE("paths of overrides lead into a preset, and an override can bring one") {
    const auto text = example_with(R"({"preset": "grpc-method"})");
    Reading reading = read(text, {{"policies.checkout.retry.max_attempts", "5"}});
    INFO(render(reading.diagnostics));
    REQUIRE(reading.scenario);
    CHECK(std::get<RetrySettings>(reading.scenario->policies[0].value[1]).max_attempts == 5);

    reading =
        read(text, {{"policies.checkout", R"({"preset": "aws-sdk"})"}, {"policies.checkout.timeout.after", "3s"}});
    INFO(render(reading.diagnostics));
    REQUIRE(reading.scenario);
    CHECK(std::get<TimeoutSettings>(reading.scenario->policies[0].value[1]).after == 3s);
}

TEST_CASE("mistakes in a preset are shown where they stand") {
    auto found = mistakes_in(R"({"preset": "resilence4j"})");
    REQUIRE(found.size() == 1);
    CHECK(found[0].message == "unknown preset \"resilence4j\"");
    CHECK(found[0].hint == "did you mean \"resilience4j\"?");
    CHECK(underlined(found[0]) == "\"resilence4j\"");
    found = mistakes_in(R"({"preset": "aws-sdk", "retri.max_attempts": 5})");
    REQUIRE(found.size() == 1);
    CHECK(underlined(found[0]) == "\"retri.max_attempts\"");
    found = mistakes_in(R"({"preset": "aws-sdk", "retry.max_attempts": 0})");
    REQUIRE(found.size() == 1);
    CHECK(underlined(found[0]) == "0");
}

TEST_CASE("the schema knows the presets") {
    const auto accepts = [](const std::string& stack) {
        return violation(schema(), nlohmann::ordered_json::parse(example_with(stack)), "").empty();
    };
    CHECK(accepts(R"({"preset": "envoy-route", "retry.max_attempts": 5})"));
    CHECK_FALSE(accepts(R"({"preset": "envoy"})"));
}

TEST_CASE("the report quotes the layers that a preset stands for") {
    Diagnostics diagnostics;
    const auto document = Document::parse(example_with(R"({"preset": "aws-sdk"})"), "e", diagnostics);
    REQUIRE(document);
    CHECK(document->json()["policies"]["checkout"].size() == 2);
    CHECK(document->json()["policies"]["checkout"][0].contains("retry"));
}
