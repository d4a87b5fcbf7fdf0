#pragma once
/// The course of a run, told from its numbers: when it degraded, whether it recovered or is metastable, where the
/// bottleneck is, and what keeps it down.

#include <string>

#include "reports/report.hpp"

namespace stampede::reports {

/// One paragraph about one variant; empty where nothing was measured that could tell. It speaks of metrics of the
/// catalogue alone, so a report that was read from its JSON tells the same.
[[nodiscard]] std::string what_happened(const Report& report, const Summary& variant);

/// All variants in a few sentences: which never recover and what keeps those down, which recover and how fast, which
/// never degraded. Empty without a fault.
[[nodiscard]] std::string what_happened_to_all(const Report& report);

}  // namespace stampede::reports
