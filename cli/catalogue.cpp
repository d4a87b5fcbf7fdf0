#include "cli/catalogue.hpp"

namespace stampede::cli {

std::vector<std::string_view> family_names() {
    std::vector<std::string_view> names;
    for (const scenarios::FamilyText& family : scenarios::families()) names.push_back(family.name);
    names.push_back(metrics_family);
    return names;
}

std::string unit_and_direction(const MetricInfo& metric) {
    std::string text{to_string(metric.unit)};
    if (metric.better == Better::lower) text += ", lower is better";
    if (metric.better == Better::higher) text += ", higher is better";
    return text;
}

}  // namespace stampede::cli
