#include <algorithm>

#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/table.hpp"
#include "reports/html/variants.hpp"

namespace stampede::reports::html {
namespace {

using enum Metric;

constexpr Metric told[] = {service_utilisation, service_queue_mean, service_queue_peak,
                           service_wait_mean,   service_shed,       arrivals_peak_per_s};

/// Those of any variant, in the order in which they are measured.
std::vector<std::string> services_of(const Report& report) {
    std::vector<std::string> names;
    for (const Summary& variant : report.variants)
        for (const SeriesSummary& series : variant.series)
            if (series.name == "queue" && !series.subject.empty() &&
                std::find(names.begin(), names.end(), series.subject) == names.end())
                names.push_back(series.subject);
    return names;
}

std::string queues(const Report& report, const std::string& service) {
    return overlay_or_multiples(report, "Queue of " + service, Unit::count,
                                [&](TimeChart& chart, std::size_t i, std::string label) {
                                    if (const SeriesSummary* queue = report.variants[i].find_series("queue", service))
                                        chart.lines.push_back(line_of(*queue, 1, std::move(label), colour_class(i)));
                                });
}

std::string utilisations(const Report& report, const std::string& service) {
    const auto add = [&](TimeChart& chart, std::size_t i, std::string label) {
        const Summary& variant = report.variants[i];
        const std::size_t per_bin = bins_a_second(variant.bin_s);
        chart.bin_s = variant.bin_s * static_cast<double>(per_bin);
        chart.top = 1;
        if (const SeriesSummary* busy = variant.find_series("utilisation", service))
            chart.lines.push_back(joined(line_of(*busy, 1, std::move(label), colour_class(i)), per_bin));
    };
    return overlay_or_multiples(report, "Utilisation of " + service, Unit::share, add);
}

/// A heading and its charts over time; nothing where there are none.
std::string part(const std::string& title, const std::string& charts) {
    return charts.empty() ? charts : "<h3>" + escape(title) + "</h3>\n" + controls() + charts;
}

}  // namespace

std::string service_section(const Report& report) {
    const std::vector<std::string> services = services_of(report);
    std::string out;
    std::vector<Row> rows;
    for (const std::string& service : services) {
        for (Metric metric : told) rows.push_back({service, metric, service});
        out += part("Calls waiting at " + service, queues(report, service));
        out += part("Workers of " + service + " that are busy", utilisations(report, service));
    }
    return section("services", "Services", {}, metric_table(report, rows, "Services") + out);
}

}  // namespace stampede::reports::html
