#include "reports/junit/xml.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "scenarios/format/utf8.hpp"

using namespace stampede;
using stampede::reports::xml;

TEST_CASE("what XML gives a meaning is written as a reference") {
    CHECK(xml("a<b>&\"c\" 'd'") == "a&lt;b&gt;&amp;&quot;c&quot; &apos;d&apos;");
    CHECK(xml("]]>") == "]]&gt;");
    CHECK(xml("1\t2\n3\r4") == "1&#9;2&#10;3&#13;4");
    CHECK(xml("ρ – 😀") == "ρ – 😀");
}

TEST_CASE("what XML 1.0 does not allow is replaced") {
    CHECK(xml(std::string("a\0b", 3)) == "a\uFFFDb");
    CHECK(xml("\x1b[31m") == "\uFFFD[31m");
    CHECK(xml("\xff\xc3") == "\uFFFD\uFFFD");
    CHECK(xml("\xEF\xBF\xBE\xEF\xBF\xBF\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST_CASE("any bytes become allowed characters without markup") {
    CHECK(rc::check("every string", [](const std::string& bytes) {
        const std::string text = xml(bytes);
        for (std::string_view rest = text; !rest.empty();) {
            const std::size_t length = scenarios::character_length(rest);
            RC_ASSERT(length > 0);
            RC_ASSERT(static_cast<unsigned char>(rest.front()) >= 0x20);
            RC_ASSERT(std::string_view("<>\"'").find(rest.front()) == std::string_view::npos);
            rest.remove_prefix(length);
        }
    }));
}
