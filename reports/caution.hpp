#pragma once

#include <string>

#include "reports/report.hpp"

namespace stampede::reports {

/// The relative difference that a comparison should be able to see.
inline constexpr double wanted_difference = 0.1;

/// Where variants are not told apart although there may be a difference of `wanted_difference` between them, because
/// there are too few seeds: in what, and how many would do. Empty where all is well or nothing is compared.
[[nodiscard]] std::string caution(const Report& report);

}  // namespace stampede::reports
