#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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
                           breaker_time_to_open,     breaker_reopen_lag, breaker_rejected,   recovery_lost_goodput};

std::string table(const Report& report) {
    std::vector<Row> rows;
    for (Metric metric : told) rows.push_back({{}, metric, {}});
    return metric_table(report, rows, "Breakers");
}

/// The mean; its interval stands in the table.
std::string fact(const Summary& variant, Metric metric, std::string_view words) {
    const Quantity* quantity = variant.find(metric);
    if (!quantity || !std::isfinite(quantity->estimate.mean)) return {};
    return fmt::format("<span class=\"fact\">{} <b>{}</b></span>", words,
                       readable(quantity->estimate.mean, info(metric).unit));
}

std::string title_of(const Summary& variant, std::size_t i) {
    return key({colour_class(i), variant.name}) +
           fmt::format("<span class=\"fact\"><b>{}</b> breakers</span>",
                       readable(static_cast<double>(variant.breaker_count), Unit::count)) +
           fact(variant, breaker_flaps, "flaps") + fact(variant, breaker_probe_sync, "probing at once") +
           fact(variant, recovery_lost_goodput, "requests lost");
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

std::string lanes_chart(const Summary& variant, std::size_t columns) {
    const double length_s = length_of(variant);
    if (variant.breakers.empty() || length_s <= 0) return {};
    std::size_t changes = 0;
    for (const sim::BreakerLane& lane : variant.breakers) changes += lane.changes.size();
    if (changes == 0) return {};
    // The first, and every tenth.
    std::vector<std::string> names(variant.breakers.size());
    for (std::size_t i = 0; i < names.size(); ++i)
        if (i == 0 || (i + 1) % 10 == 0) names[i] = fmt::format("nr {}", i + 1);
    Plot plot{Scale::time(length_s),
              Scale::names(names),
              {},
              fmt::format("The states of {} breakers with {} over time: {} changes of state", variant.breakers.size(),
                          variant.name, changes),
              variant.breakers.size() > 15 ? "tall" : "low"};
    plot.y_down = true;
    plot.marks = shade(variant.faults, plot.x) + draw_lanes(variant.breakers, plot.x, columns);
    return plot.draw();
}

std::string charts(const Report& report) {
    // Beside others a chart is about so many pixels wide, alone four times that.
    const bool is_beside_others = report.variants.size() > 2;
    std::string out;
    for (std::size_t i = 0; i < report.variants.size(); ++i) {
        const Summary& variant = report.variants[i];
        if (variant.breaker_count == 0) continue;
        const std::string body = fleet_chart(variant) + lanes_chart(variant, is_beside_others ? 260 : 600);
        out += figure(title_of(variant, i), body);
    }
    return is_beside_others ? grid(out) : out;
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
