#include "reports/diff/render.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "reports/text/width.hpp"
#include "tests/reports/golden.hpp"
#include "tests/reports/made_up.hpp"

using namespace stampede;
using namespace stampede::reports;

namespace {

/// One variant got a higher wave and breakers, one has gone, one is as it was; other seeds in one of them.
DiffReport changed() {
    Report before = made_up::comparison(6);
    Report after = made_up::comparison(6);
    before.scenario["policies"] = nlohmann::ordered_json::parse(R"({"checkout":[{"retry":{"max_attempts":3}}]})");
    after.scenario["policies"] = nlohmann::ordered_json::parse(R"({"checkout":[{"retry":{"max_attempts":6}}]})");
    after.scenario["network"] = {{"latency", "5ms"}};
    after.version = "0.0.1";
    std::vector<sim::Result> results;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) results.push_back(made_up::outage(seed, 9.8, 1, false));
    after.variants[0] = summarise("none", {{"policies.checkout.retry.jitter", "none"}}, results, {});
    after.variants[2].name = "a|b\n`c`";
    return {diff(before, after), "main.json", "branch.json", 0.02};
}

DiffReport same() {
    const Report report = made_up::comparison(3);
    return {diff(report, report), "main.json", "main.json", 0};
}

}  // namespace

TEST_CASE("a diff for the terminal") {
    check_golden("diff_80.txt", render_diff_text(changed(), 80, false));
    check_golden("diff_120_colour.txt", render_diff_text(changed(), 120, true));
    CHECK(render_diff_text(same(), 80, false) == "main.json against main.json: No difference.\n");
}

TEST_CASE("no line of a diff is wider than the terminal") {
    for (std::size_t width : {60U, 80U, 120U, 160U}) {
        std::istringstream lines(render_diff_text(changed(), width, false));
        for (std::string line; std::getline(lines, line);) CHECK(columns(line) <= width);
    }
}

TEST_CASE("a diff for a pull request") { check_golden("diff.md", render_diff_markdown(changed())); }

TEST_CASE("a diff for programs") {
    check_golden("diff.json", render_diff_json(changed()));
    const auto json = nlohmann::json::parse(render_diff_json(same()));
    CHECK(json.at("same") == true);
    CHECK(json.at("worse") == false);
}
