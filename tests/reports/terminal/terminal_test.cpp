#include "reports/terminal/terminal.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <sstream>

#include "reports/text/width.hpp"
#include "tests/reports/golden.hpp"
#include "tests/reports/made_up.hpp"

using namespace stampede;
using namespace stampede::reports;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::string without_colour(std::string text) {
    for (std::size_t at = 0; (at = text.find('\x1b')) != std::string::npos;)
        text.erase(at, text.find('m', at) - at + 1);
    return text;
}

}  // namespace

TEST_CASE("a comparison at 80 columns") {
    check_golden("comparison_80.txt", render_terminal(made_up::comparison(10), {80, false}));
}

TEST_CASE("a comparison at 120 columns, in colour") {
    check_golden("comparison_120_colour.txt", render_terminal(made_up::comparison(10), {120, true}));
}

TEST_CASE("a single run at 80 columns") {
    check_golden("single_80.txt", render_terminal(made_up::single(10), {80, false}));
}

TEST_CASE("one seed claims nothing") {
    const std::string text = render_terminal(made_up::comparison(1), {80, false});
    check_golden("comparison_one_seed.txt", text);
    CHECK(text.find("±") == std::string::npos);
    CHECK(text.find(" *") == std::string::npos);
}

TEST_CASE("no line is wider than the page") {
    const Report report = made_up::comparison(10);
    for (std::size_t width : {60U, 72U, 80U, 100U, 120U, 200U})
        for (const std::string& line : lines_of(render_terminal(report, {width, false}))) {
            INFO(width << ": " << line);
            CHECK(columns(line) <= width);
        }
}

TEST_CASE("colour adds escapes and nothing else") {
    const Report report = made_up::comparison(10);
    const std::string coloured = render_terminal(report, {80, true});
    CHECK(coloured.find('\x1b') != std::string::npos);
    const std::string bare = without_colour(coloured);
    // Trailing spaces are cut from plain lines only.
    const auto trimmed = [](const std::string& text) {
        std::string out;
        for (std::string line : lines_of(text)) out += line.erase(line.find_last_not_of(' ') + 1) + '\n';
        return out;
    };
    CHECK(trimmed(bare) == trimmed(render_terminal(report, {80, false})));
}

TEST_CASE("metrics without a value anywhere have no row") {
    CHECK(render_terminal(made_up::comparison(2), {80, false}).find("breaker.flaps") != std::string::npos);
    CHECK(render_terminal(made_up::single(2), {80, false}).find("breaker.") == std::string::npos);
}

TEST_CASE("names from a file cannot steer the terminal") {
    Report report = made_up::single(2);
    report.scenario["name"] = "evil\x1b[2Jname";
    report.variants.push_back(report.variants.front());
    report.variants.back().name = "red\x1b[31m";
    CHECK(render_terminal(report, {80, false}).find('\x1b') == std::string::npos);
}

TEST_CASE("a report of nothing is rendered") {
    CHECK_NOTHROW(render_terminal(Report{}, {80, false}));
    Report unfinished = made_up::single(2);
    unfinished.variants = {summarise("base", {}, {}, {{1, "killed", "again"}})};
    CHECK(render_terminal(unfinished, {80, false}).find("0 of 2 seeds") != std::string::npos);
}
