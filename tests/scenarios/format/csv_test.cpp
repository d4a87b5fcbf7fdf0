#include "scenarios/format/csv.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "policies/random/stream.hpp"
#include "tests/fuzz/csv_properties.hpp"
#include "tests/scenarios/format/support.hpp"

using namespace stampede;
using namespace stampede::scenarios;

namespace {

/// What the file stands for.
std::string csv_as_json(const std::string& text) {
    const Source source{"test.csv", text, 0};
    Mistakes mistakes;
    const auto list = parse_csv(source, mistakes);
    Diagnostics diagnostics;
    mistakes.move_to(diagnostics);
    INFO(render(diagnostics));
    REQUIRE(list);
    return to_json(*list).dump();
}

/// "line:column message", of its only mistake.
std::string csv_mistake(const std::string& text) {
    const Source source{"test.csv", text, 0};
    Mistakes mistakes;
    CHECK_FALSE(parse_csv(source, mistakes));
    Diagnostics diagnostics;
    mistakes.move_to(diagnostics);
    REQUIRE(diagnostics.size() == 1);
    const Diagnostic& d = diagnostics[0];
    return std::to_string(d.line) + ':' + std::to_string(d.column) + ' ' + d.message;
}

}  // namespace

TEST_CASE("a file of one column is a list of values and one of several a list of objects") {
    CHECK(csv_as_json("value\n12ms\n1.5s\n") == R"(["12ms","1.5s"])");
    CHECK(csv_as_json("value\n3\n-0.5\n") == "[3,-0.5]");
    CHECK(csv_as_json("value,count\n12ms,3\n1s,4") == R"([{"value":"12ms","count":3},{"value":"1s","count":4}])");
    CHECK(csv_as_json("value\n") == "[]");
}

TEST_CASE("a unit in a column's name is that of its bare numbers") {
    CHECK(csv_as_json("value (ms)\n12\n0.25\n1e-3\n") == R"(["12ms","250us","1us"])");
    CHECK(csv_as_json("value (s)\n0.0123456789012\n") == R"(["12345679ns"])");
    CHECK(csv_as_json("time (m),rate (/s)\n1,0.5\n2,30") ==
          R"([{"time":"60s","rate":"0.5/s"},{"time":"2m","rate":"30/s"}])");
    CHECK(csv_mistake("value (ms)\n12\n12ms\n") == "3:1 expected a number, found \"12ms\"");
    CHECK(csv_mistake("value (fortnights)\n1\n") == "1:1 expected the name of a column, found \"value (fortnights)\"");
}

TEST_CASE("blank lines and comments are skipped and empty cells are left out") {
    CHECK(csv_as_json("# from the gateway\n\nat, on ,share\r\n\r\n 1s , api ,\r\n# more\n2s,,0.5\n") ==
          R"([{"at":"1s","on":"api"},{"at":"2s","share":0.5}])");
}

TEST_CASE("quoted cells hold commas and quotes and lines") {
    CHECK(csv_as_json("name,note\n\"a, b\",\"say \"\"hi\"\"\"\n\"x\ny\" , 1\n") ==
          R"([{"name":"a, b","note":"say \"hi\""},{"name":"x\ny","note":1}])");
    CHECK(csv_mistake("name\n\"open\n\n") == "2:1 a quote that nothing closes");
    CHECK(csv_mistake("name,note\n\"a\" b,c\n") ==
          "2:5 expected a comma or the end of the line after the closing quote");
}

TEST_CASE("a mistake in a file has its line and column") {
    CHECK(csv_mistake("") == "1:1 the file is empty");
    CHECK(csv_mistake("12ms\n13ms\n") == "1:1 expected the name of a column, found \"12ms\"");
    CHECK(csv_mistake("time;rate\n") == "1:1 expected the name of a column, found \"time;rate\"");
    CHECK(csv_mistake("time,rate\n1s,2/s\n3s,4/s,5\n") == "3:1 expected 2 values, found 3");
    CHECK(csv_mistake("time,rate\n1s\n") == "2:1 expected 2 values, found 1");
    std::string long_one = "value\n";
    for (std::size_t i = 0; i <= max_csv_rows; ++i) long_one += "1\n";
    CHECK(csv_mistake(long_one).starts_with("100002:1 more than 100000 lines"));
}

TEST_CASE("any bytes are a list or mistakes with a place") {
    for (const auto& entry : std::filesystem::directory_iterator(STAMPEDE_CSV_CORPUS)) {
        std::stringstream text;
        text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        INFO(entry.path());
        CHECK(broken_by_csv(text.str()) == "");
        Stream stream = Stream::of(1, 2, 3);
        for (int i = 0; i < 500; ++i) {
            std::string spoiled = text.str();
            constexpr std::string_view bytes = "\",\n\r# 1()ms\xEF\xBB\xBF";
            for (int k = 0; k < 3; ++k) spoiled[stream.bits() % spoiled.size()] = bytes[stream.bits() % bytes.size()];
            INFO(spoiled);
            REQUIRE(broken_by_csv(spoiled) == "");
        }
    }
}
