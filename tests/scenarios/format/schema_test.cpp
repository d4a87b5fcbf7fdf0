#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "scenarios/format/shape.hpp"
#include "tests/scenarios/format/schema_validator.hpp"
#include "tests/scenarios/format/support.hpp"

using namespace stampede::scenarios;

namespace {

std::string rejected(const std::string& text) { return violation(schema(), Json::parse(text, nullptr, true, true)); }

/// Every property of a shape that is an object must be in the schema, described, and be required as the table says.
void check_covered(const Shape& shape, const Json& part) {
    for (const Property& property : shape.properties) {
        INFO(property.name);
        const Json& found = part.at("properties").at(std::string(property.name));
        CHECK_FALSE(found.at("description").get<std::string>().empty());
        // A dialect may have a default where we have none: then either it or what is required must be there.
        const Json required =
            part.contains("anyOf") ? part.at("anyOf").at(0).at("required") : part.value("required", Json::array());
        CHECK((std::find(required.begin(), required.end(), property.name) != required.end()) == property.is_required);
        CHECK(found.contains("default") == !property.fallback.is_null());
        if (property.shape.kind == Shape::Kind::object && !property.shape.nullable)
            check_covered(property.shape, found);
    }
    CHECK(part.at("properties").size() >= shape.properties.size());
    CHECK(part.at("additionalProperties") == false);
}

}  // namespace

TEST_CASE("the schema covers every field of the tables, with description and default") {
    check_covered(scenario_shape(), schema());
    const Json layers = schema()["properties"]["policies"]["additionalProperties"]["anyOf"][0]["items"]["oneOf"];
    for (const Property& layer : shape_of<stampede::LayerSettings>().properties) {
        INFO(layer.name);
        const std::string name(layer.name);
        const auto found = std::find_if(layers.begin(), layers.end(), [&](const Json& alternative) {
            return alternative.contains("properties") && alternative["properties"].contains(name);
        });
        REQUIRE(found != layers.end());
        check_covered(layer.shape, (*found)["properties"][name]);
    }
}

TEST_CASE("the schema accepts the example and what is shipped") {
    CHECK(rejected(example).empty());
    for (const auto& entry : std::filesystem::directory_iterator(STAMPEDE_SCENARIOS)) {
        if (entry.path().extension() != ".json") continue;
        INFO(entry.path());
        std::stringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        CHECK(rejected(text.str()) == "");
    }
}

TEST_CASE("the schema rejects what the reader rejects by its tables") {
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"\"stampede\": 1", "\"stampede\": 2"},
             {"\"workers\": 8,", ""},
             {"\"workers\": 8", "\"workers\": 8.5"},
             {"\"workers\": 8", "\"workers\": 0"},
             {"\"name\"", "\"nmae\""},
             {"\"60s\"", "60"},
             {"\"60s\"", "\"60 s\""},
             {"\"30/m\"", "\"30/d\""},
             {"\"loss\": 0.01", "\"loss\": 1.01"},
             {"\"jitter\": \"full\"", "\"jitter\": \"ful\""},
             {"\"bulkhead\"", "\"timeout\""},
             {"{ \"timeout\": { \"after\": \"5s\" } }", "{}"},
             {"\"timeout\"],", "\"timeuot\"],"},
             {"\"group\"", "\"grp\""},
             {"herd.peak_ratio", "herd.peak"},
             {"\"p95 < 20s\"", "\"20s\""},
             {"\"batch\"", "\"a.b\""},
             {"\"window\": { \"count\": 50 }", "\"window\": 50"},
         }) {
        INFO(from << " -> " << to);
        CHECK(rejected(changed(from, to)) != "");
        CHECK_FALSE(read(changed(from, to)).scenario);
    }
}
