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

}  // namespace

std::string service_section(const Report& report) {
    const std::vector<std::string> services = services_of(report);
    std::string out;
    std::vector<Row> rows;
    for (const std::string& service : services) {
        for (Metric metric : told) rows.push_back({service, metric, service});
        const std::string chart = queues(report, service);
        if (!chart.empty()) out += "<h3>Calls waiting at " + escape(service) + "</h3>\n" + controls() + chart;
    }
    return section("services", "Services", {}, metric_table(report, rows, "Services") + out);
}

}  // namespace stampede::reports::html
