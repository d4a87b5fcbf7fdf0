#include <algorithm>
#include <array>

#include "reports/terminal/sections.hpp"
#include "reports/text/quantity.hpp"
#include "reports/text/width.hpp"

namespace stampede::reports {
namespace {

using enum Metric;

/// With one variant there is room for what lies behind the answers.
constexpr std::array traffic{requests_total, attempts_total, latency_p50, service_utilisation, service_queue_peak};

std::string range_of(const Quantity& quantity) {
    const std::vector<double> values = sorted_values(quantity.per_seed);
    if (values.size() < 2) return {};
    const Unit unit = info(quantity.metric).unit;
    const std::string smallest = readable(values.front(), unit);
    const std::string largest = readable(values.back(), unit);
    return smallest == largest ? std::string{} : smallest + " to " + largest;
}

std::string draw_row(const Quantity& quantity) {
    const MetricInfo& metric = info(quantity.metric);
    const std::string line =
        pad_right("  " + std::string(metric.name), 26) + pad_left(readable(quantity.estimate, metric.unit), 20);
    const std::string range = range_of(quantity);
    return range.empty() ? line + '\n' : line + "    " + range + '\n';
}

std::string draw_section(std::string_view title, std::span<const Metric> metrics, const Summary& variant,
                         const Page& page) {
    std::string rows;
    for (Metric metric : metrics)
        if (const Quantity* q = variant.find(metric); q && q->estimate.has_value()) rows += draw_row(*q);
    return rows.empty() || title.empty() ? rows : page.paint(Colour::bold, title) + '\n' + rows;
}

}  // namespace

std::string single_table(const Report& report, const Page& page) {
    if (report.variants.empty()) return {};
    const Summary& variant = report.variants.front();
    std::string out;
    for (const Question& group : page.groups()) out += draw_section(group.title, group.metrics, variant, page);
    if (page.metrics.empty()) out += draw_section("Traffic", traffic, variant, page);
    if (out.empty() || variant.seeds.size() < 2) return out;
    return page.paint(Colour::dim, pad_left("mean", 46) + "    smallest to largest seed") + '\n' + out;
}

}  // namespace stampede::reports
