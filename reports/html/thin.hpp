#pragma once
/// Fewer points than bins, without losing a peak.

#include <cstddef>
#include <vector>

namespace stampede::reports::html {

/// Bins are put together into columns, at most `columns` of them.
[[nodiscard]] std::size_t bins_a_column(std::size_t bins, std::size_t columns);

/// Two points for every column: its smallest and its largest value, in the order in which they came. So nothing that
/// was measured lies outside what is drawn. The values as they are where a column has one bin.
[[nodiscard]] std::vector<double> extremes(const std::vector<double>& values, std::size_t per_column);

/// The same for the lower and the upper end of a band: each point stands for its whole column.
[[nodiscard]] std::vector<double> lowest(const std::vector<double>& values, std::size_t per_column);
[[nodiscard]] std::vector<double> highest(const std::vector<double>& values, std::size_t per_column);

/// The times of the points, for bins of `bin_s`: each in the middle of what it stands for.
[[nodiscard]] std::vector<double> point_times(std::size_t bins, std::size_t per_column, double bin_s);

}  // namespace stampede::reports::html
