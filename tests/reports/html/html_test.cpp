#include "reports/html/html.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <regex>
#include <set>

#include "tests/reports/golden.hpp"
#include "tests/reports/made_up.hpp"
#include "tests/reports/traps.hpp"

using namespace stampede;
using namespace stampede::reports;

namespace {

/// Short, so that a golden file shows the page and not its charts library.
constexpr Assets no_assets{"/* style */", "/* script */", "licences"};

void shorten(std::vector<Estimate>& bins) {
    std::vector<Estimate> few;
    for (std::size_t i = 0; i < bins.size(); i += 100) few.push_back(bins[i]);
    bins = few;
}

/// Twelve bins of 10 s in place of 1200.
Report with_few_bins(Report report) {
    for (Summary& variant : report.variants) {
        variant.bin_s = 10;
        for (SeriesSummary& series : variant.series) shorten(series.bins);
    }
    return report;
}

/// What is left open at the end, or the first tag that closes what is not open; empty for a page that is well formed.
std::string unbalanced(const std::string& page) {
    static const std::set<std::string> lonely{"meta", "link", "input", "!DOCTYPE"};
    const std::regex tag(R"(<(/?)([A-Za-z!][A-Za-z0-9]*)((?:"[^"]*"|[^">])*?)(/?)>)");
    std::vector<std::string> open;
    for (std::sregex_iterator it(page.begin(), page.end(), tag), end; it != end; ++it) {
        const std::string name = (*it)[2];
        if (lonely.contains(name) || (*it)[4] == "/") continue;
        if ((*it)[1] != "/") {
            open.push_back(name);
        } else if (open.empty() || open.back() != name) {
            return "</" + name + ">";
        } else {
            open.pop_back();
        }
    }
    return open.empty() ? "" : "<" + open.back() + ">";
}

/// As many series as the simulator gives of one service behind breakers, each of so many bins.
std::vector<SeriesSummary> series_of(const SeriesSummary& like, std::size_t bins) {
    std::vector<SeriesSummary> all;
    for (const char* name :
         {"arrivals", "goodput", "requests", "queue", "breakers_open", "breakers_half_open", "arrivals_by_attempt.1",
          "arrivals_by_attempt.2", "arrivals_by_attempt.3", "arrivals_by_attempt.4", "arrivals_by_attempt.5"}) {
        SeriesSummary series{name, std::string(name) == "queue" ? "services.payments" : "", like.unit, {}};
        for (std::size_t i = 0; i < bins; ++i) series.bins.push_back(like.bins[i * 7 % like.bins.size()]);
        all.push_back(std::move(series));
    }
    return all;
}

}  // namespace

TEST_CASE("a comparison as a page") {
    check_golden("comparison.html", render_html(with_few_bins(made_up::comparison(3)), no_assets));
}

TEST_CASE("a report of everything as a page") {
    check_golden("everything.html", render_html(made_up::everything(), no_assets));
}

TEST_CASE("equal reports give equal pages") {
    CHECK(render_html(made_up::comparison(2)) == render_html(made_up::comparison(2)));
}

TEST_CASE("the tags of a page are balanced") {
    for (const Report& report : {made_up::comparison(3), made_up::comparison(1), made_up::single(2), Report{},
                                 made_up::everything(), made_up::everything_named(made_up::nasty)})
        CHECK(unbalanced(render_html(with_few_bins(report), no_assets)) == "");
}

TEST_CASE("every id is there once, and every link inside the page leads to one") {
    const std::string page = render_html(with_few_bins(made_up::comparison(3)), no_assets);
    std::set<std::string> ids;
    const std::regex id(R"re( id="([^"]*)")re");
    for (std::sregex_iterator it(page.begin(), page.end(), id), end; it != end; ++it)
        CHECK(ids.insert((*it)[1]).second);
    const std::regex link(R"re(href="#([^"]*)")re");
    for (std::sregex_iterator it(page.begin(), page.end(), link), end; it != end; ++it) CHECK(ids.contains((*it)[1]));
}

TEST_CASE("names from a file cannot put anything into the page") {
    const std::string evil = "</script><script>alert(1)</script><img src=x onerror=\"alert(2)\">";
    Report report = with_few_bins(made_up::comparison(2));
    report.scenario["name"] = evil;
    report.scenario["description"] = evil;
    report.command = evil;
    report.version = evil;
    for (Summary& variant : report.variants) {
        variant.name += evil;
        for (sim::FaultWindow& fault : variant.faults) fault.kind = evil;
        for (SeriesSummary& series : variant.series)
            if (!series.subject.empty()) series.subject += evil;
        variant.failures.push_back({7, evil, evil});
    }
    const std::string page = render_html(report, no_assets);
    CHECK(page.find("<script>alert") == std::string::npos);
    CHECK(page.find("<img") == std::string::npos);
    CHECK(page.find("onerror=\"alert") == std::string::npos);
    CHECK(unbalanced(page) == "");
}

TEST_CASE("nothing is fetched: no address but of what a reader may follow") {
    const std::string page = render_html(made_up::comparison(2));
    CHECK_FALSE(std::regex_search(page, std::regex(R"re((src|href)="(https?:)?//)re")));
    CHECK(page.find("@import") == std::string::npos);
    CHECK(page.find("url(") == std::string::npos);
}

TEST_CASE("the licence of what is bundled stands in the page") {
    CHECK(render_html(Report{}).find("Copyright (c) 2022 Leon Sorokin") != std::string::npos);
}

TEST_CASE("sections with nothing to show are left out") {
    const std::string single = render_html(with_few_bins(made_up::single(2)), no_assets);
    CHECK(single.find("id=\"breakers\"") == std::string::npos);
    CHECK(single.find("id=\"comparison\"") != std::string::npos);
    const std::string empty = render_html(Report{}, no_assets);
    CHECK(empty.find("<section") == std::string::npos);
}

TEST_CASE("a page about one seed claims nothing") {
    const std::string page = render_html(with_few_bins(made_up::comparison(1)), no_assets);
    CHECK(page.find("±") == std::string::npos);
    CHECK(page.find("class=\"best\"") == std::string::npos);
    CHECK(page.find("id=\"seeds\"") == std::string::npos);
}

TEST_CASE("ten variants over twenty seeds are under 3 MiB, however long they run") {
    Report report = made_up::comparison(20);
    const Summary one = report.variants.front();
    while (report.variants.size() < 10) report.variants.push_back(one);
    for (const std::size_t bins : {1800U, 36'000U}) {
        for (Summary& variant : report.variants) variant.series = series_of(one.series.front(), bins);
        const std::size_t bytes = render_html(report).size();
        INFO(bins << " bins");
        CHECK(bytes < std::size_t{3} << 20U);
        CHECK(bytes > std::size_t{200} << 10U);
    }
}
