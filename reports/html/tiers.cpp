#include <algorithm>

#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/table.hpp"
#include "reports/html/time_chart.hpp"
#include "reports/html/variants.hpp"

namespace stampede::reports::html {
namespace {

using enum Metric;

constexpr Metric amplifications[] = {retry_amplification, retry_amplification_fault, retry_amplification_recovery,
                                     service_amplification};

void add_new(std::vector<std::string>& names, const std::string& name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

/// Clients and services that any variant has an amplification of.
std::vector<std::string> subjects_of(const Report& report) {
    std::vector<std::string> names;
    for (const Summary& variant : report.variants)
        for (const Quantity& quantity : variant.quantities)
            if (std::find(std::begin(amplifications), std::end(amplifications), quantity.metric) !=
                std::end(amplifications))
                add_new(names, quantity.subject);
    return names;
}

std::vector<std::string> called_services(const Report& report) {
    std::vector<std::string> names;
    for (const Summary& variant : report.variants)
        for (const SeriesSummary& series : variant.series)
            if (series.name == "arrivals") add_new(names, series.subject);
    return names;
}

/// Where there is no request the last quotient stands: nothing is amplifications of that second.
std::vector<double> quotients(const std::vector<double>& attempts, const std::vector<double>& requests) {
    std::vector<double> result;
    for (std::size_t i = 0; i < std::min(attempts.size(), requests.size()); ++i) {
        const double last = result.empty() ? 0 : result.back();
        result.push_back(requests[i] > 0 ? attempts[i] / requests[i] : last);
    }
    return result;
}

std::string charts(const Report& report, const std::string& service) {
    const auto add = [&](TimeChart& chart, std::size_t i, std::string label) {
        const Summary& variant = report.variants[i];
        const SeriesSummary* attempts = variant.find_series("arrivals", service);
        const SeriesSummary* requests = variant.find_series("requests");
        if (!attempts || !requests) return;
        const std::size_t per_bin = bins_a_second(variant.bin_s);
        chart.bin_s = variant.bin_s * static_cast<double>(per_bin);
        const auto seconds = [&](const SeriesSummary& s) { return joined(line_of(s, 1, {}, {}), per_bin).mean; };
        chart.lines.push_back({std::move(label), colour_class(i), quotients(seconds(*attempts), seconds(*requests))});
    };
    return overlay_or_multiples(report, "Attempts at " + service + " a request", Unit::ratio, add);
}

}  // namespace

std::string tier_section(const Report& report) {
    std::vector<Row> rows;
    const std::vector<std::string> subjects = subjects_of(report);  // rows point into it
    for (const std::string& subject : subjects)
        for (Metric metric : amplifications) rows.push_back({subject, metric, subject});
    std::string out = metric_table(report, rows, "Amplification");
    for (const std::string& service : called_services(report)) {
        const std::string drawn = charts(report, service);
        if (!drawn.empty())
            out +=
                "<h3>Attempts at " + escape(service) + " for each request of the clients</h3>\n" + controls() + drawn;
    }
    return section(
        "tiers", "Amplification by tier",
        "Retries multiply on the way: what one request of a client becomes at each service. Charts: attempts "
        "over requests of the same second (mean of the seeds); where no request is made the last value stands.",
        out);
}

}  // namespace stampede::reports::html
