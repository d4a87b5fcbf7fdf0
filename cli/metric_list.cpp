#include "cli/metric_list.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/exit.hpp"
#include "scenarios/format/suggest.hpp"

namespace stampede::cli {
namespace {

[[noreturn]] void refuse(std::string_view name) {
    std::vector<std::string_view> known;
    for (const MetricInfo& metric : metrics())
        if (metric.index.empty()) known.push_back(metric.name);
    throw Stop(Exit::wrong_usage, fmt::format("--metrics: unknown metric \"{}\": {} (all: stampede list metrics)", name,
                                              scenarios::suggest(name, known)));
}

Metric metric_of(std::string_view name) {
    const auto metric = find_metric(name);
    if (!metric) refuse(name);
    if (const std::string_view index = info(*metric).index; !index.empty())
        throw Stop(Exit::wrong_usage,
                   fmt::format("--metrics: {} is a list by {}, which has no place in the table; it is "
                               "in the JSON report",
                               name, index));
    return *metric;
}

}  // namespace

std::vector<Metric> parse_metrics(std::string_view text) {
    std::vector<Metric> chosen;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        const Metric metric = metric_of(text.substr(0, end));
        if (std::find(chosen.begin(), chosen.end(), metric) == chosen.end()) chosen.push_back(metric);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return chosen;
}

}  // namespace stampede::cli
