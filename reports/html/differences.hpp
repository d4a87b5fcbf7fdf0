#pragma once

#include <string>

#include "reports/report.hpp"

namespace stampede::reports::html {

/// Every variant against the best of each question's metrics: how much, how sure, and the rule by which it is called a
/// difference. Empty where nothing is ranked.
[[nodiscard]] std::string differences(const Report& report);

}  // namespace stampede::reports::html
