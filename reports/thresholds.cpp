#include "reports/thresholds.hpp"

namespace stampede::reports {
namespace {

bool holds(double value, scenarios::Comparator comparator, double limit) {
    switch (comparator) {
        case scenarios::Comparator::less:
            return value < limit;
        case scenarios::Comparator::less_equal:
            return value <= limit;
        case scenarios::Comparator::greater:
            return value > limit;
        case scenarios::Comparator::greater_equal:
            return value >= limit;
    }
    return false;
}

double value_of(const Summary& variant, const std::string& name, scenarios::Statistic statistic) {
    const auto metric = find_metric(name);
    const Quantity* quantity = metric ? variant.find(*metric) : nullptr;
    return quantity ? statistic_of(statistic, quantity->per_seed) : no_value;
}

}  // namespace

double statistic_of(scenarios::Statistic statistic, const std::vector<double>& per_seed) {
    const std::vector<double> values = sorted_values(per_seed);
    if (values.empty()) return no_value;
    switch (statistic) {
        case scenarios::Statistic::mean:
            return values.back() == sim::never ? sim::never : moments(values).mean;
        case scenarios::Statistic::median:
            return quantile(values, 0.5);
        case scenarios::Statistic::p95:
            return quantile(values, 0.95);
        case scenarios::Statistic::min:
            return values.front();
        case scenarios::Statistic::max:
            return values.back();
    }
    return no_value;
}

std::vector<ThresholdResult> check_thresholds(const Summary& variant,
                                              const std::vector<scenarios::Threshold>& thresholds) {
    std::vector<ThresholdResult> results;
    for (const scenarios::Threshold& threshold : thresholds)
        for (const scenarios::Condition& condition : threshold.conditions) {
            const double value = value_of(variant, threshold.metric, condition.statistic);
            // A comparison with not-a-number is false: no value, not passed.
            results.push_back({variant.name, threshold.metric, condition.text, value,
                               holds(value, condition.comparator, condition.value)});
        }
    return results;
}

}  // namespace stampede::reports
