#pragma once
/// What a scenario demands of its metrics.

#include <cstdint>
#include <string>
#include <vector>

namespace stampede::scenarios {

enum class Statistic : std::uint8_t { mean, median, p95, min, max };
enum class Comparator : std::uint8_t { less, less_equal, greater, greater_equal };

/// "p95 < 20s": a statistic over the seeds (mean where none is named), compared with a value in the metric's unit.
struct Condition {
    std::string text;  ///< as written
    Statistic statistic = Statistic::mean;
    Comparator comparator = Comparator::less;
    double value = 0;
};

struct Threshold {
    std::string metric;
    std::vector<Condition> conditions;
};

}  // namespace stampede::scenarios
