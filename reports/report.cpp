#include "reports/report.hpp"

#include <algorithm>

namespace stampede::reports {

bool Report::has_failures() const {
    return std::any_of(variants.begin(), variants.end(), [](const Summary& v) { return !v.failures.empty(); });
}

bool Report::was_stopped() const {
    return std::any_of(variants.begin(), variants.end(), [](const Summary& v) { return !v.stopped.empty(); });
}

bool Report::thresholds_passed() const {
    return std::all_of(thresholds.begin(), thresholds.end(), [](const ThresholdResult& t) { return t.passed; });
}

}  // namespace stampede::reports
