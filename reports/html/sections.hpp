#pragma once
/// The parts of the page, in the order of the page. Each is empty where the report has nothing for it.

#include <string>

#include "reports/report.hpp"

namespace stampede::reports::html {

/// What was run, and the answer in sentences with their numbers.
[[nodiscard]] std::string verdict_section(const Report&);

/// Variants side by side (or the one there is), the best marked.
[[nodiscard]] std::string comparison_section(const Report&);

/// Arrivals, capacity and goodput over time.
[[nodiscard]] std::string herd_section(const Report&);

/// Arrivals by attempt number over time.
[[nodiscard]] std::string attempts_section(const Report&);

/// How long clients waited before retries, and what that bought.
[[nodiscard]] std::string jitter_section(const Report&);

[[nodiscard]] std::string breaker_section(const Report&);

[[nodiscard]] std::string latency_section(const Report&);

/// Queues and utilisation.
[[nodiscard]] std::string service_section(const Report&);

/// What a request becomes at each service behind the clients: where retries multiply.
[[nodiscard]] std::string tier_section(const Report&);

/// What chaos drew for each seed.
[[nodiscard]] std::string drawn_section(const Report&);

/// Every seed behind the means.
[[nodiscard]] std::string seeds_section(const Report&);

[[nodiscard]] std::string threshold_section(const Report&);

/// The scenario and how to make this report again.
[[nodiscard]] std::string scenario_section(const Report&);

}  // namespace stampede::reports::html
