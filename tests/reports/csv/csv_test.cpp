#include "reports/csv/csv.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "tests/reports/golden.hpp"
#include "tests/reports/made_up.hpp"
#include "tests/reports/traps.hpp"

using namespace stampede;
using namespace stampede::reports;

namespace {

using Lines = std::vector<std::vector<std::string>>;

/// Reads by the grammar of RFC 4180.
Lines parse(const std::string& text) {
    Lines table{{""}};
    bool is_quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string& field = table.back().back();
        if (is_quoted && text.compare(i, 2, "\"\"") == 0)
            field += text[i++];
        else if (text[i] == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && text[i] == ',')
            table.back().emplace_back();
        else if (!is_quoted && text.compare(i, 2, "\r\n") == 0)
            table.push_back({""}), ++i;
        else
            field += text[i];
    }
    REQUIRE(table.back() == std::vector<std::string>{""});
    table.pop_back();
    return table;
}

}  // namespace

TEST_CASE("the CSV of metrics") { check_golden("everything.csv", render_csv(made_up::everything())); }

TEST_CASE("the CSV of series") { check_golden("everything.series.csv", render_series_csv(made_up::everything())); }

TEST_CASE("a line for every variant, subject, metric and seed") {
    const Report report = made_up::everything();
    std::size_t lines = 1;
    for (const Summary& variant : report.variants) lines += variant.quantities.size() * variant.seeds.size();
    const Lines table = parse(render_csv(report));
    CHECK(table.size() == lines);
    for (const auto& row : table) CHECK(row.size() == 6);
}

TEST_CASE("never is infinite and what was not measured is empty") {
    Report report = made_up::single(3);
    report.variants = {made_up::variant("base", Metric::recovery_time, {4.1, sim::never, no_value})};
    CHECK(parse(render_csv(report)) == Lines{{"variant", "subject", "metric", "unit", "seed", "value"},
                                             {"base", "", "recovery.time", "s", "1", "4.1"},
                                             {"base", "", "recovery.time", "s", "2", "inf"},
                                             {"base", "", "recovery.time", "s", "3", ""}});
}

TEST_CASE("numbers read back as they were") {
    CHECK(rc::check("every double", [](double value) {
        Report report;
        report.variants = {made_up::variant("v", Metric::latency_p99, {value})};
        RC_ASSERT(std::stod(parse(render_csv(report)).at(1).at(5)) == value);
    }));
}

TEST_CASE("any name stays what it was") {
    CHECK(rc::check("every string", [](const std::string& name) {
        Report report;
        report.variants = {made_up::variant(name, Metric::latency_p99, {1})};
        RC_ASSERT(parse(render_csv(report)).at(1).at(0) == name);
    }));
    const Report report = made_up::everything_named(made_up::nasty);
    for (const auto& row : parse(render_series_csv(report))) CHECK(row.size() == 8);
}

TEST_CASE("bins begin at exact tenths") {
    const Lines table = parse(render_series_csv(made_up::everything()));
    CHECK(table.at(4).at(4) == "0.3");
}
