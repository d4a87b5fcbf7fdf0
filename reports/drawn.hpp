#pragma once
/// Faults that were drawn, in words.

#include <string>
#include <string_view>
#include <vector>

#include "reports/report.hpp"

namespace stampede::reports {

/// What was drawn for each seed, for one variant or for all that have the same.
struct DrawnSchedule {
    std::string_view variant;  ///< its name; empty where all have the same
    const std::vector<DrawnFaults>* seeds;
};

/// Empty where nothing was drawn.
[[nodiscard]] std::vector<DrawnSchedule> drawn_schedules(const Report& report);

/// "crash services.orders[0] 32.1 s to 47.1 s", one after the other; of weaker ones how strong they are.
[[nodiscard]] std::string words_of(const DrawnFaults& drawn);

}  // namespace stampede::reports
