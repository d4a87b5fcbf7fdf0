#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/scenarios/format/support.hpp"

using namespace stampede::scenarios;

namespace {

/// The part of the document at a JSON pointer after one override.
std::string after(const std::string& path, const std::string& value, const std::string& pointer) {
    Diagnostics diagnostics;
    const auto document = Document::parse(example, "e", diagnostics)->with({{path, value}}, diagnostics);
    INFO(render(diagnostics));
    REQUIRE(document);
    CHECK(document->read(diagnostics));
    INFO(render(diagnostics));
    CHECK(diagnostics.empty());
    return document->json().at(nlohmann::ordered_json::json_pointer(pointer)).dump();
}

Diagnostic override_mistake(const std::string& path, const std::string& value = "1") {
    const Reading reading = read(example, {{path, value}});
    REQUIRE(reading.diagnostics.size() == 1);
    CHECK(reading.diagnostics[0].source == "--set");
    return reading.diagnostics[0];
}

}  // namespace

TEST_CASE("a dotted path replaces a value") {
    CHECK(after("run.duration", "90s", "/run/duration") == "\"90s\"");
    CHECK(after("run.seeds", "7", "/run/seeds") == "7");
    CHECK(after("clients.web.count", "5e2", "/clients/web/count") == "500.0");
    CHECK(after("network", R"({"latency": "2ms"})", "/network") == R"({"latency":"2ms"})");
    CHECK(after("name", "two words", "/name") == "\"two words\"");
}

TEST_CASE("a layer is addressed by its name") {
    CHECK(after("policies.checkout.retry.max_attempts", "9", "/policies/checkout/2/retry/max_attempts") == "9");
    CHECK(after("policies.checkout.retry", R"({"max_attempts": 2})", "/policies/checkout/2/retry") ==
          R"({"max_attempts":2})");
    CHECK(after("policies.checkout.bulkhead.max_concurrent", "3", "/policies/checkout/4") ==
          R"({"bulkhead":{"max_concurrent":3}})");
    CHECK(after("policies.checkout[2].retry.max_attempts", "9", "/policies/checkout/2/retry/max_attempts") == "9");
}

TEST_CASE("a layer that occurs twice needs its number, counted from 0") {
    CHECK(after("policies.checkout.timeout[0].after", "4s", "/policies/checkout/1/timeout/after") == "\"4s\"");
    CHECK(after("policies.checkout.timeout[1].after", "2s", "/policies/checkout/5/timeout/after") == "\"2s\"");
    CHECK(override_mistake("policies.checkout.timeout.after").message == "\"timeout\" occurs 2 times");
    CHECK(override_mistake("policies.checkout.timeout[2].after").message ==
          "there is no timeout[2]: it occurs 2 times, counted from 0");
    CHECK(override_mistake("policies.checkout.retry[1]").message ==
          "there is no retry[1]: it occurs once, counted from 0");
}

TEST_CASE("faults are addressed by number or by kind") {
    for (const char* path : {"faults[0].outage.for", "faults.outage.for", "faults.outage[0].for", "faults[0].for"})
        CHECK(after(path, "5s", "/faults/0/outage/for") == "\"5s\"");
    CHECK(override_mistake("faults[1].for").message == "there is no element 1: 1 are listed, counted from 0");
    CHECK(override_mistake("faults.slowdown.factor").message == "\"faults\" has no \"slowdown\"");
}

TEST_CASE("a choice is entered by name or directly, and replaced by a bare name") {
    const std::string max = "/policies/checkout/2/retry/backoff/exponential/max";
    CHECK(after("policies.checkout.retry.backoff.max", "5s", max) == "\"5s\"");
    CHECK(after("policies.checkout.retry.backoff.exponential.max", "5s", max) == "\"5s\"");
    CHECK(after("policies.checkout.retry.jitter", "equal", "/policies/checkout/2/retry/jitter") == "\"equal\"");
    CHECK(after("policies.checkout.retry.backoff.constant", R"({"delay": "1s"})",
                "/policies/checkout/2/retry/backoff") == R"({"constant":{"delay":"1s"}})");
    CHECK(override_mistake("policies.checkout.retry.backoff.linear.max").message ==
          "\"policies.checkout.retry.backoff\" is \"exponential\" here, not \"linear\"");
}

TEST_CASE("a setting that the file leaves out starts from its default") {
    CHECK(after("run.bin", "50ms", "/run/bin") == "\"50ms\"");
    CHECK(after("policies.checkout.retry.backoff.multiplier", "3",
                "/policies/checkout/2/retry/backoff/exponential/multiplier") == "3");
    CHECK(after("policies.checkout.breaker.half_open.calls", "1", "/policies/checkout/3/breaker/half_open/calls") ==
          "1");
    CHECK(after("thresholds.latency.p99", R"(["< 1s"])", "/thresholds/latency.p99") == R"(["< 1s"])");

    Diagnostics diagnostics;
    const auto bare = Document::parse(
        changed("\"backoff\": { \"exponential\": { \"initial\": \"100ms\", \"max\": \"10s\" } }, \"jitter\": \"full\"",
                "\"max_attempts\": 2"),
        "e", diagnostics);
    REQUIRE(bare);
    const auto set = bare->with(
        {{"policies.checkout.retry.backoff.max", "5s"}, {"policies.checkout.retry.jitter.factor", "0.3"}}, diagnostics);
    REQUIRE(set);
    const auto retry = set->json()["policies"]["checkout"][2]["retry"];
    CHECK(retry["backoff"].dump() == R"({"exponential":{"max":"5s"}})");
    CHECK(retry["jitter"].dump() == R"({"proportional":{"factor":0.3}})");
}

TEST_CASE("a path that leads nowhere is told at the step that goes wrong") {
    const Diagnostic typo = override_mistake("policies.checkout.retry.jiter", "full");
    CHECK(typo.hint == "did you mean \"jitter\"?");
    CHECK(underlined(typo) == "jiter");
    CHECK(typo.column == 25);
    CHECK(override_mistake("clients.wbe.count").hint == "did you mean \"web\"?");
    CHECK(override_mistake("policies.checkout.retri.jitter").hint == "did you mean \"retry\"?");
    CHECK(override_mistake("network.loss.x").message == "nothing is inside \"network.loss\": it is a single value");
    CHECK(override_mistake("services.payments[0]").message == "\"payments\" is no list");
    CHECK(override_mistake("run[0]").message == "\"run\" is no list");
    CHECK(override_mistake("nonsense").message == "a scenario has no setting \"nonsense\"");
    for (const char* path : {"", ".", "run.", ".run", "run..bin", "faults[", "faults[]", "faults[x]", "faults[0",
                             "faults[0]x", "[0]", "faults[-1]", "faults[99999999999999999999999]"}) {
        INFO(path);
        CHECK(override_mistake(path).message.ends_with("is no path"));
    }
}

TEST_CASE("a wrong value is shown in the override's own text") {
    const Diagnostic wrong = override_mistake("policies.checkout.retry.jitter", "ful");
    CHECK(wrong.text == "policies.checkout.retry.jitter=ful");
    CHECK(underlined(wrong) == "ful");
    CHECK(wrong.hint == "did you mean \"full\"?");
    CHECK(override_mistake("run.duration", "{\"a\":").message.starts_with("syntax error"));
}

TEST_CASE("the document that overrides are made on stays as it was") {
    Diagnostics diagnostics;
    const auto document = Document::parse(example, "e", diagnostics);
    const auto before = document->json();
    (void)document->with({{"run.duration", "90s"}, {"policies.checkout.retry.max_attempts", "1"}}, diagnostics);
    CHECK(document->json() == before);
}
