#include "reports/text/width.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

using namespace stampede::reports;

TEST_CASE("columns are counted as a terminal shows them") {
    CHECK(columns("") == 0);
    CHECK(columns("abc") == 3);
    CHECK(columns("±×µ█┄") == 5);
    CHECK(columns("e\xCC\x81") == 1);  // e and a combining acute
    CHECK(columns("日本") == 4);
    CHECK(columns("a\xff\xfe") == 3);  // no UTF-8: one each
}

TEST_CASE("padding fills columns, not bytes") {
    CHECK(pad_left("±", 3) == "  ±");
    CHECK(pad_right("日", 4) == "日  ");
    CHECK(pad_right("long", 2) == "long");
}

TEST_CASE("shortening keeps characters whole and the width") {
    CHECK(shorten("decorrelated", 6) == "decor…");
    CHECK(shorten("日本語", 4) == "日…");
    CHECK(shorten("full", 4) == "full");
    CHECK(rc::check("width", [](const std::string& text) {
        const std::size_t width = *rc::gen::inRange<std::size_t>(1, 20);
        RC_ASSERT(columns(shorten(text, width)) <= width);
    }));
}

TEST_CASE("control characters and tabs do not reach the terminal") { CHECK(plain("a\x1b[2Jb\tc\n") == "a?[2Jb c?"); }

TEST_CASE("text is wrapped at spaces, with a hanging margin") {
    CHECK(wrap("one two three", 7) == "one two\nthree\n");
    CHECK(wrap("one two three", 7, 2) == "one two\n  three\n");
    CHECK(wrap("unbreakable", 4) == "unbreakable\n");
    CHECK(wrap("", 4) == "\n");
    CHECK(wrap("at " + keep_together("12 ±1 s"), 8) == "at\n12 ±1 s\n");
    CHECK(wrap_at("  name  ", "one two three", 16) == "  name  one two\n        three\n");
}

TEST_CASE("wrapped lines are no wider than the page") {
    CHECK(rc::check("width", [] {
        const auto lengths = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 9));
        std::string text;
        for (std::size_t n : lengths) text += std::string(n, 'x') + ' ';
        std::string line;
        for (char c : wrap(text, 12, 3)) {
            if (c != '\n') {
                line += c;
                continue;
            }
            RC_ASSERT(columns(line) <= 12U);
            line.clear();
        }
    }));
}
