#include "scenarios/format/parse.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/scenarios/format/support.hpp"

using namespace stampede::scenarios;

namespace {

struct Parsed {
    std::unique_ptr<Source> source;
    std::optional<Node> root;
    Diagnostics diagnostics;
};

Parsed parse(std::string text) {
    Parsed result{std::make_unique<Source>(Source{"t.json", std::move(text), 0}), {}, {}};
    Mistakes mistakes;
    result.root = parse_json(*result.source, {0, result.source->text.size()}, mistakes);
    mistakes.move_to(result.diagnostics);
    return result;
}

std::string slice(const Source& source, Span span) { return source.text.substr(span.begin, span.end - span.begin); }

/// Every value's and key's span must hold exactly its own JSON.
void check_spans(const Node& node) {
    const auto at_span = nlohmann::ordered_json::parse(slice(*node.source, node.span), nullptr, false, true);
    CHECK(at_span == to_json(node));
    for (const Node& child : node.children) {
        if (node.is(Node::Kind::object))
            CHECK(nlohmann::json::parse(slice(*child.source, child.key_span)) == child.key);
        check_spans(child);
    }
}

Diagnostic syntax_mistake(const std::string& text) {
    const Parsed parsed = parse(text);
    REQUIRE_FALSE(parsed.root);
    REQUIRE(parsed.diagnostics.size() == 1);
    return parsed.diagnostics.front();
}

}  // namespace

TEST_CASE("every value and key knows where it stands") {
    for (const std::string text :
         {"{\"a\":1}", "[1,-2.5e3 ,3]", "7", "  true  ", "[ null,false , true]",
          "{\"\\\"\" : \"x\\\\\", \"ä\\n\": [\"\\\\\\\"\"]}",
          "// c \"x\" \\\n{ /* \"y\" */ \"k\" /**/ : /*1*/ 12/*2*/ , \"l\": {} }//", "\xEF\xBB\xBF{\"bom\": [[]] }",
          "\"\\\\\"", "\r\n{\r\n\t\"a\": \"b\",\r\n\t\"c\": 1\r\n}\r\n"}) {
        INFO(text);
        const Parsed parsed = parse(text);
        REQUIRE(parsed.root);
        check_spans(*parsed.root);
    }
    const Parsed whole = parse(example);
    REQUIRE(whole.root);
    check_spans(*whole.root);
}

TEST_CASE("a syntax error is told once, where it is, with what was expected") {
    const Diagnostic missing_comma = syntax_mistake("{\n  \"a\": 1\n  \"b\": 2\n}");
    CHECK(missing_comma.line == 3);
    CHECK(missing_comma.column == 3);
    CHECK(underlined(missing_comma) == "\"b\"");
    CHECK(missing_comma.message == "syntax error while parsing object - unexpected string literal; expected '}'");

    const Diagnostic early_end = syntax_mistake("{\n\"a\": [1,");
    CHECK(early_end.line == 2);
    CHECK(early_end.column == 9);
    CHECK(early_end.message.find("unexpected end of input") != std::string::npos);

    CHECK(underlined(syntax_mistake("[1 2345]")) == "2345");
    CHECK(underlined(syntax_mistake("{\"a\" 5}")) == "5");
    CHECK(syntax_mistake("").line == 1);
    CHECK(syntax_mistake("{} x").column == 4);
    CHECK(syntax_mistake("[NaN]").column == 2);
}

TEST_CASE("bytes that are no text are told, and not repeated") {
    const Diagnostic invalid = syntax_mistake("{\"a\": \"\xff\xfe\"}");
    CHECK(invalid.line == 1);
    CHECK(invalid.column == 8);
    CHECK(invalid.message.find('\xff') == std::string::npos);
    CHECK(invalid.message.find("UTF-8") != std::string::npos);
    CHECK(syntax_mistake(std::string("{}\0", 3)).column == 3);
    CHECK(syntax_mistake("\x1b[31m").message.find('\x1b') == std::string::npos);
}

TEST_CASE("a number that no double holds is told") {
    CHECK(syntax_mistake("{\"a\": 1e999}").message == "number too large");
    CHECK(underlined(syntax_mistake("{\"a\": 1e999}")) == "1e999");
    CHECK(parse("[123456789012345678901234567890]").root);
}

TEST_CASE("depth and size are bounded") {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK(parse(nested(max_depth)).root);
    const Diagnostic deep = syntax_mistake(nested(max_depth + 1));
    CHECK(deep.message == "nested deeper than 64 levels");
    CHECK(deep.column == max_depth + 1);
    CHECK(syntax_mistake(std::string(1'000'000, '[')).column == max_depth + 1);

    std::string many = "[";
    for (std::size_t i = 0; i < max_values; ++i) many += "0,";
    many += "0]";
    CHECK(syntax_mistake(many).message == "more than 1000000 values");

    Diagnostics diagnostics;
    CHECK_FALSE(Document::parse(std::string(max_bytes + 1, ' '), "big.json", diagnostics));
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].message == "the file is longer than 16 MiB");
}
