#include "scenarios/format/diagnostics.hpp"

#include <catch2/catch.hpp>

#include "scenarios/format/mistakes.hpp"
#include "scenarios/format/utf8.hpp"
#include "tests/scenarios/format/support.hpp"

using namespace stampede::scenarios;

namespace {

Diagnostics told(const Source& source, std::initializer_list<Span> spans) {
    Mistakes mistakes;
    for (Span span : spans) mistakes.add(source, span, "wrong");
    Diagnostics diagnostics;
    mistakes.move_to(diagnostics);
    return diagnostics;
}

std::string rendered(const std::string& text, std::string_view part) {
    const Source source{"f.json", text, 0};
    const std::size_t at = text.find(part);
    return render(told(source, {{at, at + part.size()}}));
}

}  // namespace

TEST_CASE("a mistake is shown as a compiler shows it") {
    CHECK(rendered("{\n  \"jiter\": 1\n}", "\"jiter\"") ==
          "f.json:2:3: error: wrong\n"
          "    \"jiter\": 1\n"
          "    ^~~~~~~\n");
}

TEST_CASE("the caret stands under the place after tabs, before CRLF and behind characters of several bytes") {
    CHECK(rendered("{\r\n\t\t\"a\":\t5\r\n}", "5") == "f.json:2:8: error: wrong\n  \t\t\"a\":\t5\n  \t\t    \t^\n");
    CHECK(rendered("{\"größe\": 5}", "5") == "f.json:1:13: error: wrong\n  {\"größe\": 5}\n            ^\n");
    CHECK(rendered("[\"ä€\"]", "\"ä€\"") == "f.json:1:2: error: wrong\n  [\"ä€\"]\n   ^~~~\n");
}

TEST_CASE("a place at the very end has a line to stand on") {
    const Source source{"f.json", "{\n", 0};
    const Diagnostics end = told(source, {{2, 2}});
    REQUIRE(end.size() == 1);
    CHECK(end[0].line == 2);
    CHECK(end[0].column == 1);
    CHECK(render(end) == "f.json:2:1: error: wrong\n  \n  ^\n");
    const Source empty{"f.json", "", 0};
    CHECK(told(empty, {{0, 0}})[0].line == 1);
}

TEST_CASE("mistakes are sorted by place and told once") {
    const Source file{"f.json", "abc\ndef", 0};
    const Source set{"--set", "x=1", 1};
    Mistakes mistakes;
    mistakes.add(set, {0, 1}, "third");
    mistakes.add(file, {5, 6}, "second");
    mistakes.add(file, {0, 1}, "first");
    mistakes.add(file, {5, 6}, "second");
    Diagnostics diagnostics;
    mistakes.move_to(diagnostics);
    REQUIRE(diagnostics.size() == 3);
    CHECK(diagnostics[0].message == "first");
    CHECK(diagnostics[1].message == "second");
    CHECK(diagnostics[1].line == 2);
    CHECK(diagnostics[2].source == "--set");
}

TEST_CASE("of a very long line only the part around the place is shown") {
    const Source source{"f.json", std::string(100'000, 'a') + "HERE" + std::string(100'000, 'b'), 0};
    const Diagnostics one = told(source, {{100'000, 100'004}});
    CHECK(one[0].column == 100'001);
    CHECK(one[0].text.size() < 200);
    CHECK(underlined(one[0]) == "HERE");
}

TEST_CASE("a file cannot steer the terminal") {
    CHECK(rendered("// \x1b[31m \xff\n x", "x").find('\x1b') == std::string::npos);
    CHECK(rendered("\x1b\xff\xc2\x9b x", "x") == "f.json:1:6: error: wrong\n  ??? x\n      ^\n");
    CHECK(printable("tab\there, ü €") == "tab\there, ü €");
    CHECK(printable("\x7f\xed\xa0\x80") == "????");  // DEL, and a surrogate, which UTF-8 does not have
}

TEST_CASE("colour is there only when asked for") {
    const Source source{"f.json", "x", 0};
    CHECK(render(told(source, {{0, 1}}), true).find("\033[") != std::string::npos);
    CHECK(render(told(source, {{0, 1}}), false).find("\033[") == std::string::npos);
}

TEST_CASE("a file full of mistakes is not answered without end") {
    std::string many = "{";
    for (int i = 0; i < 20'000; ++i) many += "\"k" + std::to_string(i) + "\": 1,";
    many.back() = '}';
    const Reading reading = read(many);
    CHECK_FALSE(reading.scenario);
    CHECK(reading.diagnostics.size() == 100);
}
