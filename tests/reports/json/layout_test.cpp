#include "reports/json/layout.hpp"

#include <catch2/catch.hpp>

using namespace stampede::reports;
using Json = nlohmann::ordered_json;

TEST_CASE("plain lists and small flat objects stand on one line") {
    const Json json{
        {"list", {1, 2.5, "three", nullptr}}, {"flat", {{"a", 1}, {"b", true}}}, {"deep", {{"x", {{"y", {1}}}}}}};
    CHECK(lay_out(json) ==
          "{\n"
          "  \"list\": [1,2.5,\"three\",null],\n"
          "  \"flat\": {\"a\":1,\"b\":true},\n"
          "  \"deep\": {\n"
          "    \"x\": {\n"
          "      \"y\": [1]\n"
          "    }\n"
          "  }\n"
          "}\n");
}

TEST_CASE("a list of pairs stands on one line, a list of longer lists does not") {
    CHECK(lay_out(Json::parse("[[1,2],[3,null]]")) == "[[1,2],[3,null]]\n");
    CHECK(lay_out(Json::parse("[[1,2,3]]")) == "[\n  [1,2,3]\n]\n");
}

TEST_CASE("layout changes no value") {
    const Json json = Json::parse(R"({"a": [[1, [2]], {}, [], {"k\"ey": "\u0001ü"}], "b": [0.1, 1e300, -3]})");
    CHECK(Json::parse(lay_out(json)) == json);
}

TEST_CASE("bytes that are no UTF-8 do not stop the report") {
    CHECK(Json::parse(lay_out(Json{{"name", "a\xff"}}))["name"] == "a\xEF\xBF\xBD");
}
