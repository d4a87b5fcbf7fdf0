#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <sstream>

#include "reports/github/github.hpp"
#include "reports/reporter.hpp"
#include "tests/reports/traps.hpp"

using namespace stampede::reports;

namespace {

/// By the language of the block in which docs/reports.md shows a part of it.
std::map<std::string, std::string> renderings() {
    const Report report = made_up::everything();
    std::map<std::string, std::string> all{{"github", render_github(report)}};
    for (const auto& [language, extension] : std::map<std::string, std::string>{{"markdown", ".md"},
                                                                                {"csv", ".csv"},
                                                                                {"xml", ".xml"},
                                                                                {"json", ".trace.json"},
                                                                                {"text", ".hgrm"},
                                                                                {"openmetrics", ".om"}})
        all[language] = reporter_for("report" + extension)->render(report);
    for (auto& [language, text] : all) text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
    return all;
}

}  // namespace

TEST_CASE("what the documentation shows of every format is what is rendered") {
    auto expected = renderings();
    std::ifstream document(STAMPEDE_DOCS_FOLDER "/reports.md");
    REQUIRE(document);
    for (std::string line; std::getline(document, line);) {
        if (!line.starts_with("```")) continue;
        const std::string language = line.substr(3);
        std::string shown;
        while (std::getline(document, line) && line != "```") shown += line + '\n';
        if (language == "sh") continue;
        INFO(language << ":\n" << shown);
        REQUIRE(expected.contains(language));
        // GitHub's lines go on: the definition of the metric follows.
        if (language == "github") shown.pop_back();
        CHECK(expected[language].find(shown) != std::string::npos);
        expected.erase(language);
    }
    CHECK(expected.empty());
}
