#include <fmt/format.h>

#include <algorithm>

#include "reports/html/lanes.hpp"
#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/table.hpp"
#include "reports/html/time_chart.hpp"
#include "reports/html/variants.hpp"
#include "reports/text/quantity.hpp"

namespace stampede::reports::html {
namespace {

using enum Metric;

constexpr Metric told[] = {breaker_flaps_per_minute, breaker_probe_sync, breaker_share_open, breaker_false_open,
                           breaker_time_to_open,     breaker_reopen_lag, breaker_rejected,   requests_goodput};

std::string table(const Report& report) {
    std::vector<Row> rows;
    for (Metric metric : told) rows.push_back({{}, metric, {}});
    return metric_table(report, rows, "Breakers");
}

/// A share cannot be above one, though its interval does not know that.
Line at_most_all(Line line) {
    for (double& x : line.hi) x = std::min(x, 1.0);
    return line;
}

/// How much of the fleet is open and half-open.
std::string fleet_chart(const Summary& variant) {
    TimeChart chart{
        "Breakers not closed with " + variant.name, Unit::share, variant.bin_s, {}, variant.faults, 1, "low"};
    const double one = 1 / static_cast<double>(variant.breaker_count);
    for (const auto& [name, label, colours] :
         {std::tuple{"breakers_open", "open", "open-line"}, {"breakers_half_open", "half-open", "half-open-line"}})
        if (const SeriesSummary* series = variant.find_series(name))
            chart.lines.push_back(at_most_all(line_of(*series, one, label, colours)));
    return chart.lines.empty() ? "" : chart.draw();
}

double length_of(const Summary& variant) {
    std::size_t bins = 0;
    for (const SeriesSummary& series : variant.series) bins = std::max(bins, series.bins.size());
    return static_cast<double>(bins) * variant.bin_s;
}

std::string lanes_chart(const Summary& variant) {
    const double length_s = length_of(variant);
    if (variant.breakers.empty() || length_s <= 0) return {};
    std::size_t changes = 0;
    for (const sim::BreakerLane& lane : variant.breakers) changes += lane.changes.size();
    if (changes == 0) return {};
    const std::string count = fmt::format("1–{}", variant.breakers.size());
    Plot plot{Scale::time(length_s),
              Scale::names({count}),
              {},
              fmt::format("The states of {} breakers with {} over time: {} changes of state", variant.breakers.size(),
                          variant.name, changes),
              variant.breakers.size() > 15 ? "tall" : "low"};
    plot.y_down = true;
    plot.marks = shade(variant.faults, plot.x) + draw_lanes(variant.breakers, plot.x);
    return plot.draw();
}

std::string charts(const Report& report) {
    std::string out;
    for (std::size_t i = 0; i < report.variants.size(); ++i) {
        const Summary& variant = report.variants[i];
        if (variant.breaker_count == 0) continue;
        const std::string body = fleet_chart(variant) + lanes_chart(variant);
        std::string title = key({colour_class(i), variant.name});
        if (const Quantity* flaps = variant.find(breaker_flaps); flaps && flaps->estimate.has_value())
            title += fmt::format("<span class=\"fact\">flaps <b>{}</b> of <b>{}</b> breakers</span>",
                                 readable(flaps->estimate, Unit::count),
                                 readable(static_cast<double>(variant.breaker_count), Unit::count));
        out += figure(title, body);
    }
    return report.variants.size() > 2 ? grid(out) : out;
}

}  // namespace

std::string breaker_section(const Report& report) {
    const bool any = std::any_of(report.variants.begin(), report.variants.end(),
                                 [](const Summary& v) { return v.breaker_count > 0; });
    if (!any) return {};
    return section("breakers", "Breakers",
                   "Above: the share of all breakers that is open or half-open (mean of the seeds). Below: a sample of "
                   "breakers in the first seed, a row each; empty is closed. A place on the screen that holds several "
                   "states shows half-open before open before closed.",
                   table(report) +
                       "<p class=\"legend\"><span class=\"key\"><i class=\"cell open\"></i>open</span>\n"
                       "<span class=\"key\"><i class=\"cell half-open\"></i>half-open</span></p>\n" +
                       controls() + charts(report));
}

}  // namespace stampede::reports::html
