#pragma once

#include <string>

namespace stampede::reports {

/// The text is what tests/reports/golden/NAME holds. With STAMPEDE_UPDATE_GOLDEN=1 in the environment the file is
/// rewritten instead.
void check_golden(const std::string& name, const std::string& text);

}  // namespace stampede::reports
