#include "reports/html/variants.hpp"

#include <algorithm>

#include "reports/html/markup.hpp"

namespace stampede::reports::html {
namespace {

constexpr std::size_t most_in_one_chart = 4;

bool share_faults(const std::vector<Summary>& variants) {
    const auto same = [](const sim::FaultWindow& a, const sim::FaultWindow& b) {
        return a.begin == b.begin && a.end == b.end;
    };
    return std::all_of(variants.begin(), variants.end(), [&](const Summary& variant) {
        const auto& first = variants.front().faults;
        return std::equal(first.begin(), first.end(), variant.faults.begin(), variant.faults.end(), same);
    });
}

std::string legend_of(const TimeChart& chart) {
    std::string out;
    for (const Line& line : chart.lines) out += key({line.colours, line.label});
    return out;
}

std::string overlay(const Report& report, TimeChart chart, const auto& add, const auto& finish) {
    const bool is_alone = report.variants.size() == 1;
    for (std::size_t i = 0; i < report.variants.size(); ++i)
        add(chart, i, is_alone ? chart.title : report.variants[i].name);
    if (chart.lines.empty()) return {};
    chart.faults = report.variants.front().faults;
    if (finish) finish(chart, report.variants.front());
    return figure(legend_of(chart), chart.draw());
}

std::string multiples(const Report& report, const TimeChart& empty, const auto& add, const auto& finish) {
    std::vector<TimeChart> charts;
    double top = 0;
    for (std::size_t i = 0; i < report.variants.size(); ++i) {
        TimeChart chart = empty;
        chart.title += " with " + report.variants[i].name;
        chart.faults = report.variants[i].faults;
        add(chart, i, report.variants[i].name);
        if (chart.lines.empty()) continue;
        if (finish) finish(chart, report.variants[i]);
        top = std::max(top, chart.highest());
        charts.push_back(std::move(chart));
    }
    std::string out;
    for (TimeChart& chart : charts) {
        chart.top = top;
        out += figure(legend_of(chart), chart.draw());
    }
    return grid(out);
}

}  // namespace

bool is_crowded(const Report& report) {
    return report.variants.size() > most_in_one_chart || !share_faults(report.variants);
}

std::string legend_of(const Report& report) {
    if (report.variants.size() < 2) return {};
    std::string out = "<p class=\"legend\">";
    for (std::size_t i = 0; i < report.variants.size(); ++i) out += key({colour_class(i), report.variants[i].name});
    return out + "</p>\n";
}

std::string controls() { return "<div class=\"controls\" hidden></div>\n"; }

std::string overlay_or_multiples(const Report& report, const std::string& title, Unit unit,
                                 const std::function<void(TimeChart&, std::size_t, std::string)>& add,
                                 const std::function<void(TimeChart&, const Summary&)>& finish) {
    if (report.variants.empty()) return {};
    TimeChart empty{title, unit, report.variants.front().bin_s, {}, {}};
    return is_crowded(report) ? multiples(report, empty, add, finish) : overlay(report, std::move(empty), add, finish);
}

}  // namespace stampede::reports::html
