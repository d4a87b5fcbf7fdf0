#include <fmt/format.h>

#include <algorithm>

#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/time_chart.hpp"
#include "reports/html/variants.hpp"
#include "reports/text/quantity.hpp"

namespace stampede::reports::html {
namespace {

constexpr const char* dim = "muted dashed";

TimeChart arrivals_chart(const Report& report, std::size_t i) {
    const Summary& variant = report.variants[i];
    TimeChart chart{"Arrivals with " + variant.name, Unit::per_second, variant.bin_s, {}, variant.faults};
    if (const SeriesSummary* arrivals = variant.find_series("arrivals"))
        chart.lines.push_back(line_of(*arrivals, 1 / variant.bin_s, "arrivals", colour_class(i)));
    if (const SeriesSummary* capacity = variant.find_series("capacity"); capacity && !chart.lines.empty())
        chart.lines.push_back(line_of(*capacity, 1 / variant.bin_s, "capacity", dim));
    return chart;
}

std::string arrivals_charts(const Report& report) {
    std::vector<TimeChart> charts;
    double top = 0;
    for (std::size_t i = 0; i < report.variants.size(); ++i) {
        charts.push_back(arrivals_chart(report, i));
        top = std::max(top, charts.back().highest());
    }
    std::string out;
    for (std::size_t i = 0; i < charts.size(); ++i) {
        if (charts[i].lines.empty()) continue;
        charts[i].top = top;
        const std::vector<double>& mean = charts[i].lines.front().mean;
        const std::string peak =
            mean.empty() ? "" : readable(*std::max_element(mean.begin(), mean.end()), Unit::per_second);
        out += figure(
            key({colour_class(i), report.variants[i].name}) + "<span class=\"fact\">peak <b>" + peak + "</b></span>",
            charts[i].draw());
    }
    return is_crowded(report) ? grid(out) : out;
}

Line seconds_of(const Summary& variant, const SeriesSummary& series, std::string label, std::string colours) {
    return joined(line_of(series, 1 / variant.bin_s, std::move(label), std::move(colours)),
                  bins_a_second(variant.bin_s));
}

void add_seconds(TimeChart& chart, const Summary& variant, const char* name, std::string label, std::string colours) {
    if (const SeriesSummary* series = variant.find_series(name))
        chart.lines.push_back(seconds_of(variant, *series, std::move(label), std::move(colours)));
}

/// All variants in one chart while they can be told apart in it, else each in its own.
std::string goodput_charts(const Report& report) {
    const auto add_frame = [](TimeChart& chart, const Summary& variant) {
        if (chart.lines.empty()) return;
        add_seconds(chart, variant, "requests", "requests", "muted");
        add_seconds(chart, variant, "capacity", "capacity", dim);
    };
    return overlay_or_multiples(
        report, "Goodput", Unit::per_second,
        [&](TimeChart& chart, std::size_t i, std::string label) {
            const Summary& variant = report.variants[i];
            chart.bin_s = variant.bin_s * static_cast<double>(bins_a_second(variant.bin_s));
            add_seconds(chart, variant, "goodput", std::move(label), colour_class(i));
        },
        add_frame);
}

}  // namespace

std::string herd_section(const Report& report) {
    const std::string arrivals = arrivals_charts(report);
    if (arrivals.empty()) return {};
    const double bin_s = report.variants.front().bin_s;
    std::string note = fmt::format(
        "Attempts that reach the services, in bins of {}, as a rate; all charts have the same scale. Dashed: the "
        "capacity. Shaded: something is wrong. ",
        readable(bin_s, Unit::seconds));
    if (report.seeds.size() > 1) note += "Line: mean of the seeds; band: its 95 % interval. ";
    note += "Where several bins share a place on the screen, both the lowest and the highest are drawn.";
    return section(
        "herd", "The herd", note,
        controls() + arrivals +
            "<h3>What comes of it</h3>\n<p class=\"lead\">Requests that succeed a second (mean of each second), "
            "beside the requests that clients make and what the services can do.</p>\n" +
            goodput_charts(report));
}

}  // namespace stampede::reports::html
