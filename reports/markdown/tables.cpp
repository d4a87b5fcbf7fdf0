#include "reports/markdown/tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/markdown/escape.hpp"
#include "reports/questions.hpp"
#include "reports/ranking.hpp"
#include "reports/text/quantity.hpp"

namespace stampede::reports::markdown {
namespace {

std::string header(const Report& report) {
    std::string names = "| metric |";
    std::string rule = "|:--|";
    for (const Summary& variant : report.variants) {
        names += fmt::format(" {} |", code(variant.name));
        rule += "--:|";
    }
    return names + '\n' + rule + '\n';
}

std::string cell(const std::string& number, Standing standing) {
    switch (standing) {
        case Standing::best:
            return "**" + number + "**";
        case Standing::tied:
            return number + " ≈";
        case Standing::unmarked:
            break;
    }
    return number;
}

/// Empty where no variant has a value.
std::string row(const Report& report, Metric metric) {
    const auto ranking = rank(report.variants, metric);
    std::string line = fmt::format("| `{}` |", info(metric).name);
    bool has_value = false;
    for (std::size_t i = 0; i < report.variants.size(); ++i) {
        const Quantity* quantity = report.variants[i].find(metric);
        const Estimate estimate = quantity ? quantity->estimate : Estimate{};
        has_value |= estimate.has_value();
        const Standing standing = ranking ? ranking->standings[i] : Standing::unmarked;
        line += fmt::format(" {} |", cell(text(readable(estimate, info(metric).unit)), standing));
    }
    return has_value ? line + '\n' : std::string{};
}

std::string title_row(const Report& report, std::string_view title) {
    std::string line = fmt::format("| **{}** |", title);
    for (std::size_t i = 0; i < report.variants.size(); ++i) line += " |";
    return line + '\n';
}

}  // namespace

std::string threshold_table(const Report& report) {
    if (report.thresholds.empty()) return {};
    std::string out = "| | threshold | variant | value |\n|:-:|:--|:--|--:|\n";
    for (const ThresholdResult& threshold : report.thresholds)
        out += fmt::format("| {} | {} | {} | {} |\n", threshold.passed ? "✅" : "❌",
                           code(threshold.metric + " " + threshold.condition), code(threshold.variant),
                           text(readable_value(threshold)));
    return out;
}

std::string question_table(const Report& report) {
    std::string rows;
    for (const Question& question : questions()) {
        std::string of_question;
        for (Metric metric : question.metrics) of_question += row(report, metric);
        if (!of_question.empty()) rows += title_row(report, question.title) + of_question;
    }
    if (rows.empty()) return rows;
    const bool marks = report.variants.size() > 1 && report.seeds.size() > 1;
    return header(report) + rows + (marks ? "\n**bold**: best; ≈: not told from it.\n" : "");
}

std::string metric_table(const Report& report) {
    std::string rows;
    for (const MetricInfo& metric : metrics())
        if (metric.index.empty()) rows += row(report, metric.metric);
    return rows.empty() ? rows : header(report) + rows;
}

}  // namespace stampede::reports::markdown
