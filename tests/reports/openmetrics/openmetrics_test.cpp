#include "reports/openmetrics/openmetrics.hpp"

#include <catch2/catch.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "reports/openmetrics/names.hpp"
#include "tests/reports/golden.hpp"
#include "tests/reports/made_up.hpp"
#include "tests/reports/traps.hpp"

using namespace stampede;
using namespace stampede::reports;

TEST_CASE("the OpenMetrics report") { check_golden("everything.om", render_openmetrics(made_up::everything())); }

TEST_CASE("every metric has a legal family name of its own that ends with its unit") {
    const std::regex legal("[a-zA-Z_:][a-zA-Z0-9_:]*");
    std::set<std::string> names;
    for (const MetricInfo& metric : metrics()) {
        const FamilyName family = family_name(metric);
        INFO(metric.name << " " << family.name);
        CHECK(std::regex_match(family.name, legal));
        CHECK(family.name.ends_with(family.unit));
        CHECK(names.insert(family.name).second);
        for (const char* reserved : {"_total", "_count", "_sum", "_bucket", "_created", "_info", "_histogram"})
            CHECK_FALSE(family.name.ends_with(reserved));
    }
}

TEST_CASE("names follow the conventions of Prometheus") {
    CHECK(family_name(info(Metric::recovery_time)).name == "stampede_recovery_time_seconds");
    CHECK(family_name(info(Metric::arrivals_peak_per_s)).name == "stampede_arrivals_peak_per_second");
    CHECK(family_name(info(Metric::requests_total)).name == "stampede_requests");
    CHECK(family_name(info(Metric::requests_success_rate)).name == "stampede_requests_success_rate_ratio");
    CHECK(series_family_name("arrivals_by_attempt.1", "1/bin").name ==
          "stampede_series_arrivals_by_attempt_1_per_second");
    CHECK(series_family_name("queue", "count").name == "stampede_series_queue");
}

TEST_CASE("every line is a sample or describes a family, and the last says that it is the last") {
    const std::regex sample(R"re(stampede_\w+\{(\w+="([^"\\\n]|\\["\\n])*",?)+\} (-?[0-9.e+-]+|\+Inf) [0-9.e+-]+)re");
    const std::regex about("# (TYPE|UNIT|HELP) stampede_[a-z0-9_]+ .+");
    std::istringstream lines(render_openmetrics(made_up::everything_named(made_up::nasty)));
    std::string line;
    while (std::getline(lines, line) && line != "# EOF") {
        INFO(line);
        CHECK((std::regex_match(line, sample) || std::regex_match(line, about)));
    }
    CHECK(line == "# EOF");
    CHECK_FALSE(std::getline(lines, line));
}

TEST_CASE("a family comes in one piece, and no series of samples twice") {
    std::istringstream lines(render_openmetrics(made_up::everything()));
    std::set<std::string> families;
    std::set<std::string> samples;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# TYPE ")) CHECK(families.insert(line).second);
        if (line.starts_with("#")) continue;
        const std::size_t value = line.find("} ");
        const std::size_t time = line.rfind(' ');
        CHECK(samples.insert(line.substr(0, value) + line.substr(time)).second);
    }
}

TEST_CASE("never is infinite, and what has no value has no sample") {
    Report report;
    report.variants = {made_up::variant("v", Metric::recovery_time, {4, sim::never, no_value})};
    const std::string text = render_openmetrics(report);
    CHECK(text.find("statistic=\"mean\"} +Inf 0\n") != std::string::npos);
    CHECK(text.find("statistic=\"lo\"") == std::string::npos);
    CHECK(text.find("nan") == std::string::npos);
}

TEST_CASE("labels are escaped") { CHECK(label_value("a\"b\\c\nd\xff ρ") == "a\\\"b\\\\c\\nd\uFFFD ρ"); }
