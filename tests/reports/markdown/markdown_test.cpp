#include "reports/markdown/markdown.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <sstream>

#include "reports/markdown/escape.hpp"
#include "tests/reports/golden.hpp"
#include "tests/reports/made_up.hpp"
#include "tests/reports/traps.hpp"

using namespace stampede::reports;

TEST_CASE("the Markdown report") { check_golden("everything.md", render_markdown(made_up::everything())); }

TEST_CASE("the Markdown report of one variant") { check_golden("single.md", render_markdown(made_up::single(3))); }

TEST_CASE("the Markdown report of names with everything in them") {
    check_golden("nasty.md", render_markdown(made_up::everything_named(made_up::nasty)));
}

TEST_CASE("every row of a table has as many cells as its header, whatever the names are") {
    std::istringstream lines(render_markdown(made_up::everything_named(made_up::nasty)));
    std::ptrdiff_t cells = 0;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("|")) {
            cells = 0;
            continue;
        }
        const std::ptrdiff_t here = std::count(line.begin(), line.end(), '|');
        if (cells == 0) cells = here;
        CHECK(here == cells);
    }
}

TEST_CASE("text shows as it is: no markup, no mention, no second line") {
    CHECK(markdown::text("*a* _b_ `c` [d](e) ~f~") == "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\~f\\~");
    CHECK(markdown::text("peak_ratio _a_ __") == "peak_ratio \\_a\\_ \\_\\_");
    CHECK(markdown::text("<b>&") == "&lt;b&gt;&amp;");
    CHECK(markdown::text("a|b\\c") == "a&#124;b&#92;c");
    CHECK(markdown::text("@octocat #1") == "@<!-- -->octocat #<!-- -->1");
    CHECK(markdown::text("a\nb\tc\x1b") == "a b c?");
    CHECK(rc::check("code is one element on one line", [](const std::string& name) {
        const std::string code = markdown::code(name);
        RC_ASSERT(code.find_first_of("\n\r|`\\") == std::string::npos);
        RC_ASSERT(std::count(code.begin(), code.end(), '<') == 2);
    }));
}

TEST_CASE("a fence is longer than any that the block holds") {
    CHECK(markdown::block("a\n") == "```text\na\n```\n");
    CHECK(markdown::block("``` b ````\n") == "`````text\n``` b ````\n`````\n");
}
