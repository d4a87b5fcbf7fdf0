#pragma once
/// One chart for all variants, or one for each.

#include <functional>
#include <string>

#include "reports/html/time_chart.hpp"
#include "reports/report.hpp"

namespace stampede::reports::html {

/// Whether each variant needs a chart of its own: more variants than can be told apart in one, or other faults.
[[nodiscard]] bool is_crowded(const Report& report);

/// The names of all variants with their colours.
[[nodiscard]] std::string legend_of(const Report& report);

/// What the script turns into buttons for the charts over time; nothing is shown without it.
[[nodiscard]] std::string controls();

/// `add(chart, i, label)` puts variant `i` into a chart; `finish(chart, variant)` adds what is the same for all
/// variants, once a chart.
[[nodiscard]] std::string overlay_or_multiples(const Report& report, const std::string& title, Unit unit,
                                               const std::function<void(TimeChart&, std::size_t, std::string)>& add,
                                               const std::function<void(TimeChart&, const Summary&)>& finish = {});

}  // namespace stampede::reports::html
