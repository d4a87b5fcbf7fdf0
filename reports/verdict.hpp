#pragma once
/// The answers to the questions, in sentences that quote the numbers they rest on.

#include <string>
#include <vector>

#include "reports/report.hpp"

namespace stampede::reports {

struct Finding {
    std::string title;        ///< of the question
    std::string sentence;     ///< with no-break spaces inside of numbers; names are without control characters
    bool is_caution = false;  ///< about the experiment, not about what it answers
};

/// In the order of the questions, and last what there are too few seeds for; what nothing was measured for is left out.
[[nodiscard]] std::vector<Finding> findings(const Report& report);

}  // namespace stampede::reports
