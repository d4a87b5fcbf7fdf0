#include "reports/comparison.hpp"

#include <algorithm>

namespace stampede::reports {

PairedDifference compare(const Summary& a, const Summary& b, Metric metric) {
    const Quantity* of_a = a.find(metric);
    const Quantity* of_b = b.find(metric);
    if (!of_a || !of_b) return {};
    std::vector<double> first;
    std::vector<double> second;
    for (std::size_t i = 0; i < a.seeds.size(); ++i) {
        const auto same = std::find(b.seeds.begin(), b.seeds.end(), a.seeds[i]);
        if (same == b.seeds.end()) continue;
        first.push_back(of_a->per_seed[i]);
        second.push_back(of_b->per_seed[static_cast<std::size_t>(same - b.seeds.begin())]);
    }
    return paired_difference(first, second);
}

std::vector<Comparison> compare_in(const std::vector<Summary>& variants, Metric metric) {
    std::vector<Comparison> all;
    for (std::size_t a = 0; a < variants.size(); ++a)
        for (std::size_t b = a + 1; b < variants.size(); ++b) {
            const PairedDifference difference = compare(variants[a], variants[b], metric);
            if (difference.pairs > 0) all.push_back({metric, a, b, difference});
        }
    std::vector<PairedDifference*> family;
    for (Comparison& each : all) family.push_back(&each.difference);
    correct(family);
    return all;
}

std::vector<Comparison> compare_all(const std::vector<Summary>& variants) {
    std::vector<Comparison> all;
    for (const MetricInfo& metric : metrics()) {
        if (!metric.index.empty()) continue;
        const std::vector<Comparison> one = compare_in(variants, metric.metric);
        all.insert(all.end(), one.begin(), one.end());
    }
    return all;
}

}  // namespace stampede::reports
