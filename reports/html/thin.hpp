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

/// The lower and the upper end of a band: one value a column, for all of it.
[[nodiscard]] std::vector<double> lowest(const std::vector<double>& values, std::size_t per_column);
[[nodiscard]] std::vector<double> highest(const std::vector<double>& values, std::size_t per_column);

/// The middles of the columns, for bins of `bin_s`.
[[nodiscard]] std::vector<double> column_times(std::size_t bins, std::size_t per_column, double bin_s);

/// The times of the points of `extremes`: the middles of the columns' halves.
[[nodiscard]] std::vector<double> point_times(std::size_t bins, std::size_t per_column, double bin_s);

}  // namespace stampede::reports::html
