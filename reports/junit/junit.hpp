#pragma once

#include <string>

#include "reports/report.hpp"

namespace stampede::reports {

/// JUnit XML as continuous integration servers read it: a suite a variant, a test case a threshold, and one that says
/// whether every seed finished. A run that died is an error, a run that an interruption left out is skipped. Follows
/// the schema that Jenkins checks (junit-4.xsd); any text gives well-formed XML 1.0.
[[nodiscard]] std::string render_junit(const Report& report);

}  // namespace stampede::reports
