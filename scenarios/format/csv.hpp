#pragma once
/// CSV files (RFC 4180) as the lists that scenarios could say themselves.
///
///     # two columns: [{ "time": "0s", "rate": "5/s" }, { "time": "1m", "rate": "20/s" }]
///     time (s),rate (/s)
///     0,5
///     60,20
///
/// The first line names the columns, with the unit of all their values where they are bare numbers. A file of one
/// column is a list of values, one of several a list of objects. Empty cells are settings left out; empty lines and
/// those that begin with # are skipped. Every value keeps its place, so that a mistake in it is told as one in the
/// scenario.

#include <optional>

#include "scenarios/format/mistakes.hpp"
#include "scenarios/format/node.hpp"

namespace stampede::scenarios {

/// Bounds what is held as a tree, and what a report that quotes it holds.
inline constexpr std::size_t max_csv_rows = 100'000;
inline constexpr std::size_t max_csv_columns = 16;

/// Nothing, and at least one mistake, for a file that is none. Any bytes may be given.
[[nodiscard]] std::optional<Node> parse_csv(const Source& source, Mistakes& mistakes);

}  // namespace stampede::scenarios
