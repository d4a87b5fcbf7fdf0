#include <fmt/format.h>

#include "reports/html/differences.hpp"
#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/table.hpp"
#include "reports/questions.hpp"

namespace stampede::reports::html {
namespace {

std::vector<Row> asked() {
    std::vector<Row> rows;
    for (const Question& question : questions())
        for (Metric metric : question.metrics) rows.push_back({question.title, metric, {}});
    return rows;
}

std::vector<Row> everything() {
    std::vector<Row> rows;
    for (const MetricInfo& metric : metrics())
        if (metric.index.empty()) rows.push_back({metric.name.substr(0, metric.name.find('.')), metric.metric, {}});
    return rows;
}

std::string definitions() {
    std::string out = "<dl class=\"definitions\">\n";
    for (const MetricInfo& metric : metrics())
        out += fmt::format("<dt>{}</dt><dd>{} <small>({})</small></dd>\n", metric.name, escape(metric.definition),
                           to_string(metric.unit));
    return out + "</dl>\n";
}

std::string folded(std::string_view title, const std::string& body) {
    return body.empty() ? body : fmt::format("<details><summary>{}</summary>\n{}</details>\n", title, body);
}

std::string legend(const Report& report) {
    if (report.seeds.size() < 2) return "<p class=\"note\">One seed: no interval, and no difference is claimed.</p>\n";
    std::string text = "Mean ± half the width of its 95 % interval over the seeds.";
    if (report.variants.size() > 1)
        text +=
            " ★ best. ≈ not shown to differ from the best (paired test, 5 % level). "
            "No mark: no better or worse in it, or all are alike, or shown to be worse.";
    return "<p class=\"note\">" + text + "</p>\n";
}

}  // namespace

std::string comparison_section(const Report& report) {
    const std::string table = metric_table(report, asked(), "The metrics that answer the questions");
    if (table.empty()) return {};
    return section("comparison", report.variants.size() > 1 ? "Comparison" : "Numbers", {},
                   table + legend(report) + folded("How large the differences are, and how sure", differences(report)) +
                       folded("All metrics", metric_table(report, everything(), "All metrics")) +
                       folded("What each metric means", definitions()));
}

}  // namespace stampede::reports::html
