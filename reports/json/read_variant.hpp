#pragma once

#include "reports/summary.hpp"
#include "scenarios/format/node.hpp"

namespace stampede::reports {

/// One of the report's "variants". What follows from the values of the seeds is computed from them again. Throws a
/// Misfit (fields.hpp).
[[nodiscard]] Summary read_variant(const scenarios::Node& node);

}  // namespace stampede::reports
