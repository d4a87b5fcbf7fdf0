#include <fmt/format.h>

#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/text/quantity.hpp"

namespace stampede::reports::html {
namespace {

std::string value_of(const ThresholdResult& result) {
    if (result.value != result.value) return "no value";
    const auto metric = find_metric(result.metric);
    return readable(result.value, metric ? info(*metric).unit : Unit::count);
}

}  // namespace

std::string threshold_section(const Report& report) {
    if (report.thresholds.empty()) return {};
    std::string rows;
    for (const ThresholdResult& t : report.thresholds)
        rows += fmt::format(
            "<tr><td class=\"{}\">{}</td><th scope=\"row\">{} {}</th><td><b>{}</b></td><td "
            "class=\"name\">{}</td></tr>\n",
            t.passed ? "passed" : "failed", t.passed ? "✓ passed" : "✗ failed", escape(t.metric), escape(t.condition),
            escape(value_of(t)), report.variants.size() > 1 ? escape(t.variant) : "");
    return section("thresholds", "Thresholds", {},
                   "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Thresholds\"><table "
                   "class=\"thresholds\"><thead><tr><th scope=\"col\">result</th><th scope=\"col\">demand</th><th "
                   "scope=\"col\">value</th><th scope=\"col\">variant</th></tr></thead>\n<tbody>\n" +
                       rows + "</tbody></table></div>\n");
}

}  // namespace stampede::reports::html
