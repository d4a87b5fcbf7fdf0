#include "cli/metric_names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/axes.hpp"
#include "cli/exit.hpp"
#include "scenarios/format/suggest.hpp"

namespace stampede::cli {
namespace {

Metric parse_metric(const std::string& name, const std::string& option) {
    const auto metric = find_metric(name);
    if (metric && info(*metric).index.empty()) return *metric;
    std::vector<std::string_view> known;
    for (const MetricInfo& each : metrics())
        if (each.index.empty()) known.push_back(each.name);
    if (metric)
        throw Stop(Exit::wrong_usage,
                   fmt::format("{}: \"{}\" is a list by {}, not one number", option, name, info(*metric).index));
    throw Stop(Exit::wrong_usage,
               fmt::format("{}: there is no metric \"{}\": {}", option, name, scenarios::suggest(name, known)));
}

}  // namespace

std::vector<Metric> parse_metrics(const std::string& text, const std::string& option) {
    std::vector<Metric> all;
    if (text.empty()) return all;
    for (const std::string& name : split_values(text)) {
        const Metric metric = parse_metric(name, option);
        if (std::find(all.begin(), all.end(), metric) == all.end()) all.push_back(metric);
    }
    return all;
}

}  // namespace stampede::cli
