#pragma once

#include <string>

#include "reports/report.hpp"

namespace stampede::reports {

/// Chrome's trace event format, which https://ui.perfetto.dev opens: for every variant the requests of the agents that
/// were followed, with their attempts, waits and refusals inside; the states of the sampled breakers; the faults; and
/// arrivals, queue and goodput as counters. Agents and breakers are of the variant's first seed, counters are means
/// over all. Times are simulated.
[[nodiscard]] std::string render_trace(const Report& report);

}  // namespace stampede::reports
