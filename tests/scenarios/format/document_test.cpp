#include "scenarios/format/document.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/scenarios/format/support.hpp"

using namespace stampede;
using namespace stampede::scenarios;
using namespace std::chrono_literals;

TEST_CASE("a whole scenario is read as it was meant") {
    const Reading reading = read(example);
    INFO(render(reading.diagnostics));
    REQUIRE(reading.scenario);
    const Scenario& s = *reading.scenario;
    CHECK(s.name == "example");
    CHECK(s.run.duration == 60s);
    CHECK(s.run.bin == 100ms);
    CHECK(std::get<LognormalTime>(s.services.at(0).value.service_time).p99 == 120ms);
    CHECK(s.services[0].value.errors.error_class == ErrorClass::client_error);
    const StackSettings& stack = s.policies.at(0).value;
    REQUIRE(stack.size() == 6);
    CHECK(std::get<RetrySettings>(stack[2]).max_attempts == 5);
    CHECK(std::get<ExponentialBackoff>(std::get<RetrySettings>(stack[2]).backoff).multiplier == 2);
    CHECK(std::holds_alternative<FullJitter>(std::get<RetrySettings>(stack[2]).jitter));
    CHECK(std::get<BreakerSettings>(stack[3]).window->count == 50);
    CHECK(std::get<BulkheadSettings>(stack[4]).max_concurrent == 25);
    CHECK(std::get<OpenLoad>(s.clients.at(0).value.load).rate.per_second == 0.5);
    CHECK(s.clients.at(1).value.policy.empty());
    CHECK(std::get<OutageFault>(s.faults.at(0)).lasts == 10s);
    CHECK(s.thresholds.at(1).conditions.at(1).value == 60);
}

TEST_CASE("every shipped scenario is valid, with all its variants") {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(STAMPEDE_SCENARIOS)) {
        if (entry.path().extension() != ".json") continue;
        std::stringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        Diagnostics diagnostics;
        const auto document = Document::parse(text.str(), entry.path(), diagnostics);
        const bool fine = document && document->check(diagnostics);
        INFO(render(diagnostics));
        CHECK(fine);
        ++count;
    }
    CHECK(count > 0);
}

TEST_CASE("the format's version must be one that is known") {
    CHECK(read(changed("\"stampede\": 1", "\"stampede\": 2")).diagnostics.at(0).message ==
          "2 is out of range: it must be 1");
    CHECK(read(changed("\"stampede\": 1,", "")).diagnostics.at(0).message.starts_with("\"stampede\" is missing"));
}

TEST_CASE("what is missing is told at the opening brace") {
    const Reading reading = read(changed("\"workers\": 8, ", ""));
    REQUIRE(reading.diagnostics.size() == 1);
    CHECK(reading.diagnostics[0].message == "\"workers\" is missing: calls that each instance serves at once");
    CHECK(reading.diagnostics[0].line == 6);
    CHECK(underlined(reading.diagnostics[0]) == "{");
}

TEST_CASE("a key written twice is told at the second place, wherever it is") {
    const Reading reading = read(changed("\"hit_rate\": 0.6", "\"hit_rate\": 0.6, \"hit_rate\": 0.7"));
    REQUIRE(reading.diagnostics.size() == 1);
    CHECK(reading.diagnostics[0].message == "\"hit_rate\" is written twice in one object");
    CHECK(read(changed("\"slow\":", "\"none\":")).diagnostics.size() == 1);
    CHECK(read(changed("\"batch\":", "\"web\":")).diagnostics.size() == 1);
}

TEST_CASE("the document is quoted as plain JSON in its own order, without the variants") {
    Diagnostics diagnostics;
    const auto document = Document::parse(example, "e", diagnostics);
    REQUIRE(document);
    const auto json = document->json();
    CHECK_FALSE(json.contains("variants"));
    CHECK(json.begin().key() == "stampede");
    CHECK(json["network"].dump() == R"({"latency":"5ms","jitter":"1ms","loss":0.01})");
    CHECK(json["run"]["seeds"].is_number_integer());
    const Reading again = read(json.dump());
    CHECK(again.scenario);
}

TEST_CASE("variants are listed in their order and can be made") {
    Diagnostics diagnostics;
    const auto document = Document::parse(example, "e", diagnostics);
    REQUIRE(document);
    const auto variants = document->variants(diagnostics);
    REQUIRE(variants);
    REQUIRE(variants->size() == 2);
    CHECK((*variants)[0].name == "none");
    const auto none = document->with((*variants)[0].overrides, diagnostics);
    REQUIRE(none);
    const auto scenario = none->read(diagnostics);
    REQUIRE(scenario);
    CHECK(std::holds_alternative<NoJitter>(std::get<RetrySettings>(scenario->policies[0].value[2]).jitter));
    CHECK(diagnostics.empty());
    CHECK(Document::parse("{}", "e", diagnostics)->variants(diagnostics)->empty());
}

TEST_CASE("mistakes in a variant are shown in the file, also when other settings were changed before") {
    Diagnostics diagnostics;
    const auto document = Document::parse(changed("\"50ms\"", "\"5 ms\""), "e.json", diagnostics);
    REQUIRE(document);
    const auto variants = document->variants(diagnostics);
    const auto changed_before = document->with({{"name", "other"}}, diagnostics);
    REQUIRE((variants && changed_before));
    const auto slow = changed_before->with((*variants)[1].overrides, diagnostics);
    REQUIRE(slow);
    CHECK_FALSE(slow->read(diagnostics));
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].source == "e.json");
    CHECK(underlined(diagnostics[0]) == "\"5 ms\"");
    CHECK(diagnostics[0].line == 26);
}

TEST_CASE("check finds the mistakes of every variant and tells each once") {
    const auto found = [](const std::string& text) {
        Diagnostics diagnostics;
        const auto document = Document::parse(text, "e.json", diagnostics);
        REQUIRE(document);
        const bool fine = document->check(diagnostics);
        CHECK(fine == diagnostics.empty());
        return diagnostics;
    };
    CHECK(found(example).empty());
    const Diagnostics path =
        found(changed("\"policies.checkout.retry.jitter\": \"none\"", "\"policies.checkout.retry.jiter\": 1"));
    REQUIRE(path.size() == 1);
    CHECK(underlined(path[0]) == "jiter");
    CHECK(found(changed("\"warmup\": \"5s\"", "\"warmup\": 5")).size() == 1);
    CHECK(found(changed("{ \"network.latency\": \"50ms\" }", "[]")).size() == 1);
}

TEST_CASE("a threshold has the line that the file demands it on") {
    const std::string text = R"({
  "stampede": 1,
  "thresholds": {
    "recovery.time": "p95 < 20s",
    "herd.peak_ratio": [
      "< 3",
      "max < 5"
    ]
  }
})";
    Diagnostics diagnostics;
    const auto document = Document::parse(text, "e.json", diagnostics);
    REQUIRE(document);
    CHECK(document->threshold_line("recovery.time", "p95 < 20s") == 4U);
    CHECK(document->threshold_line("herd.peak_ratio", "max < 5") == 7U);
    CHECK_FALSE(document->threshold_line("herd.peak_ratio", "< 4"));
    CHECK_FALSE(document->threshold_line("latency.p99", "< 3"));
    const auto changed = document->with({{"thresholds", R"({"recovery.time": "< 1s"})"}}, diagnostics);
    REQUIRE(changed);
    CHECK_FALSE(changed->threshold_line("recovery.time", "< 1s"));
}
