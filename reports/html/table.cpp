#include "reports/html/table.hpp"

#include <fmt/format.h>

#include "reports/html/markup.hpp"
#include "reports/ranking.hpp"
#include "reports/text/quantity.hpp"

namespace stampede::reports::html {
namespace {

/// The mean, and smaller behind it how sure it is.
std::string number(const Estimate& estimate, Unit unit) {
    const std::string text = readable(estimate, unit);
    const std::size_t split = text.find(" ±");
    if (split == std::string::npos) return fmt::format("<b>{}</b><small></small>", escape(text));
    return fmt::format("<b>{}</b><small>{}</small>", escape(readable(estimate.mean, unit)),
                       escape(text.substr(split + 1)));
}

std::string_view mark(Standing standing) {
    switch (standing) {
        case Standing::best:
            return "<i class=\"mark\" title=\"best\">★<span class=\"sr\"> best</span></i>";
        case Standing::tied:
            return "<i class=\"mark\" title=\"not shown to differ from the best\">≈<span class=\"sr\"> not shown to "
                   "differ "
                   "from the best</span></i>";
        case Standing::unmarked:
            break;
    }
    return "<i class=\"mark\"></i>";
}

std::string_view class_of(Standing standing) {
    constexpr std::string_view classes[] = {"", " class=\"best\"", " class=\"tied\""};
    return classes[static_cast<std::size_t>(standing)];
}

std::vector<Standing> standings_of(const Report& report, const Row& row) {
    // Differences are tested for the whole run only.
    if (row.subject.empty())
        if (const auto ranking = rank(report.variants, row.metric)) return ranking->standings;
    return std::vector(report.variants.size(), Standing::unmarked);
}

std::string range_of(const Quantity* quantity) {
    if (!quantity) return "<td></td>";
    const std::vector<double> values = sorted_values(quantity->per_seed);
    if (values.size() < 2 || values.front() == values.back()) return "<td></td>";
    const Unit unit = info(quantity->metric).unit;
    return fmt::format("<td class=\"range\">{} to {}</td>", escape(readable(values.front(), unit)),
                       escape(readable(values.back(), unit)));
}

/// Nothing where no variant has a value.
std::string draw_row(const Report& report, const Row& row) {
    const std::vector<Standing> standings = standings_of(report, row);
    std::string cells;
    bool has_value = false;
    for (std::size_t i = 0; i < report.variants.size(); ++i) {
        const Quantity* quantity = report.variants[i].find(row.metric, row.subject);
        has_value |= quantity && quantity->estimate.has_value();
        const std::string text = number(quantity ? quantity->estimate : Estimate{}, info(row.metric).unit);
        cells += fmt::format("<td{}>{}{}</td>", class_of(standings[i]), text,
                             report.variants.size() > 1 ? mark(standings[i]) : "");
        if (report.variants.size() == 1) cells += range_of(quantity);
    }
    if (!has_value) return {};
    return fmt::format("<tr><th scope=\"row\">{}</th>{}</tr>\n", name_of(row.metric), cells);
}

std::string header(const Report& report) {
    std::string out = "<thead><tr><th scope=\"col\">metric</th>";
    if (report.variants.size() == 1) {
        out += "<th scope=\"col\">mean</th><th scope=\"col\">smallest to largest seed</th>";
    } else {
        for (std::size_t i = 0; i < report.variants.size(); ++i)
            out += fmt::format("<th scope=\"col\"><i class=\"swatch {}\"></i>{}</th>", colour_class(i),
                               escape(report.variants[i].name));
    }
    return out + "</tr></thead>\n";
}

}  // namespace

std::string name_of(Metric metric) {
    const MetricInfo& what = info(metric);
    return fmt::format("<span class=\"metric\" title=\"{}\">{}</span>", escape(what.definition), what.name);
}

std::string metric_table(const Report& report, const std::vector<Row>& rows, std::string_view caption) {
    const std::size_t columns = 1 + (report.variants.size() == 1 ? 2 : report.variants.size());
    std::string body;
    std::string_view group;
    for (const Row& row : rows) {
        const std::string drawn = draw_row(report, row);
        if (drawn.empty()) continue;
        if (row.group != group)
            body += fmt::format("<tr class=\"group\"><th scope=\"colgroup\" colspan=\"{}\">{}</th></tr>\n", columns,
                                escape(row.group));
        group = row.group;
        body += drawn;
    }
    if (body.empty()) return {};
    return fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table class=\"metrics{3}\"><caption "
        "class=\"sr\">{0}</caption>\n{1}<tbody>\n{2}</tbody></table></div>\n",
        escape(caption), header(report), body, report.variants.size() > 5 ? " many" : "");
}

}  // namespace stampede::reports::html
