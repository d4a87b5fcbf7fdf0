#include "reports/diff/settings.hpp"

#include <catch2/catch.hpp>

#include "reports/settings.hpp"
#include "tests/reports/made_up.hpp"

using namespace stampede;
using namespace stampede::reports;
using Json = nlohmann::ordered_json;

namespace {

std::vector<std::string> described(const Json& before, const Json& after) {
    std::vector<std::string> lines;
    for (const SettingChange& change : setting_changes(before, after))
        lines.push_back(change.path + ": " + (change.before ? change.before->dump() : "-") + " > " +
                        (change.after ? change.after->dump() : "-"));
    return lines;
}

using Lines = std::vector<std::string>;

Json stack(const std::string& layers) { return Json{{"policies", {{"web", Json::parse(layers)}}}}; }

}  // namespace

TEST_CASE("a scenario does not differ from itself, nor by the order of its keys") {
    CHECK(described(R"({"a":1,"b":[1,2]})"_json, R"({"a":1,"b":[1,2]})"_json).empty());
    CHECK(described(Json::parse(R"({"a":1,"b":{"c":1,"d":2}})"), Json::parse(R"({"b":{"d":2,"c":1},"a":1})")).empty());
    CHECK(described(Json::parse(R"({"a":[{"x":{"c":1,"d":2}}]})"), Json::parse(R"({"a":[{"x":{"d":2,"c":1}}]})"))
              .empty());
}

TEST_CASE("the smallest part that differs is named by its path") {
    CHECK(described(stack(R"([{"retry":{"jitter":"none","max_attempts":3}}])"),
                    stack(R"([{"retry":{"jitter":"full","max_attempts":3}}])")) ==
          Lines{R"(policies.web.retry.jitter: "none" > "full")"});
    CHECK(described(Json::parse(R"({"run":{"seeds":5}})"), Json::parse(R"({"run":{"bin":"1s"}})")) ==
          Lines{"run.seeds: 5 > -", R"(run.bin: - > "1s")"});
    CHECK(described(Json::parse(R"({"on":["a","b"]})"), Json::parse(R"({"on":["a","c","d"]})")) ==
          Lines{R"(on[1]: "b" > "c")", R"(on[2]: - > "d")"});
}

TEST_CASE("layers are known by what they are, and by their place where there are several") {
    CHECK(described(stack(R"([{"timeout":{"after":"1s"}},{"retry":{"max":2}}])"), stack(R"([{"retry":{"max":3}}])")) ==
          Lines{R"(policies.web.timeout: {"after":"1s"} > -)", "policies.web.retry.max: 2 > 3"});
    CHECK(described(stack(R"([{"timeout":{"after":"9s"}},{"timeout":{"after":"1s"}}])"),
                    stack(R"([{"timeout":{"after":"9s"}},{"timeout":{"after":"2s"}}])")) ==
          Lines{R"(policies.web.timeout[1].after: "1s" > "2s")"});
}

TEST_CASE("layers in another order are another stack") {
    CHECK(described(stack(R"([{"retry":{}},{"breaker":{}}])"), stack(R"([{"breaker":{}},{"retry":{}}])")) ==
          Lines{R"(policies.web: [{"retry":{}},{"breaker":{}}] > [{"breaker":{}},{"retry":{}}])"});
}

TEST_CASE("a variant ran the scenario with its settings") {
    Report report = made_up::single(2);
    report.scenario = Json::parse(R"({"policies":{"web":[{"retry":{"max_attempts":3,"jitter":"none"}}]}})");
    Summary& variant = report.variants.front();
    variant.overrides = {{"policies.web.retry.jitter", "full"}, {"policies.web.retry.max_attempts", "5"}};
    CHECK(scenario_of(report, variant).dump() ==
          R"({"policies":{"web":[{"retry":{"max_attempts":5,"jitter":"full"}}]}})");
    variant.overrides = {{"policies.web.unheard_of", "1"}};  // of another version
    CHECK(scenario_of(report, variant).at("policies.web.unheard_of") == 1);
}

TEST_CASE("settings are shown as values and read back as they were written") {
    CHECK(setting_value({"p", "full"}) == "full");
    CHECK(setting_value({"p", R"("full")"}) == "full");
    CHECK(setting_value({"p", "{ \"a\": 1 } // why"}) == R"({"a":1})"_json);
    CHECK(setting_text(setting_value({"p", R"("20ms")"})) == "20ms");
    for (const Json& value : {Json("full"), Json("5"), Json("true"), Json("{"), Json(5), Json(0.25), Json(nullptr),
                              Json::parse(R"({"a":["b"]})")}) {
        INFO(value.dump());
        CHECK(setting_value(setting_of("p", value)) == value);
    }
}
