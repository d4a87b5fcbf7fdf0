#include "reports/html/thin.hpp"

#include <algorithm>

namespace stampede::reports::html {
namespace {

/// Calls `put` with every column, as a pair of iterators.
template <class Put>
void for_each_column(const std::vector<double>& values, std::size_t per_column, Put&& put) {
    for (std::size_t first = 0; first < values.size(); first += per_column) {
        const std::size_t last = std::min(values.size(), first + per_column);
        put(values.begin() + static_cast<std::ptrdiff_t>(first), values.begin() + static_cast<std::ptrdiff_t>(last));
    }
}

}  // namespace

std::size_t bins_a_column(std::size_t bins, std::size_t columns) {
    return std::max<std::size_t>(1, (bins + columns - 1) / columns);
}

std::vector<double> extremes(const std::vector<double>& values, std::size_t per_column) {
    if (per_column == 1) return values;
    std::vector<double> points;
    for_each_column(values, per_column, [&](auto first, auto last) {
        const auto [least, most] = std::minmax_element(first, last);
        points.push_back(least < most ? *least : *most);
        points.push_back(least < most ? *most : *least);
    });
    return points;
}

std::vector<double> lowest(const std::vector<double>& values, std::size_t per_column) {
    std::vector<double> points;
    for_each_column(values, per_column,
                    [&](auto first, auto last) { points.push_back(*std::min_element(first, last)); });
    return points;
}

std::vector<double> highest(const std::vector<double>& values, std::size_t per_column) {
    std::vector<double> points;
    for_each_column(values, per_column,
                    [&](auto first, auto last) { points.push_back(*std::max_element(first, last)); });
    return points;
}

std::vector<double> column_times(std::size_t bins, std::size_t per_column, double bin_s) {
    std::vector<double> times;
    for (std::size_t first = 0; first < bins; first += per_column) {
        const std::size_t last = std::min(bins, first + per_column);
        times.push_back(static_cast<double>(first + last) / 2 * bin_s);
    }
    return times;
}

std::vector<double> point_times(std::size_t bins, std::size_t per_column, double bin_s) {
    std::vector<double> times = column_times(bins, per_column, bin_s);
    if (per_column == 1) return times;
    std::vector<double> twice;
    const double quarter = static_cast<double>(per_column) * bin_s / 4;
    for (double middle : times) twice.insert(twice.end(), {middle - quarter, middle + quarter});
    return twice;
}

}  // namespace stampede::reports::html
