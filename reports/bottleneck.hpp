#pragma once
/// Which service holds the others up.

#include <optional>
#include <string>

#include "reports/report.hpp"

namespace stampede::reports {

/// A service whose workers were all busy for 5 s holds up whoever calls it.
inline constexpr double saturated_from = 0.95;

struct Bottleneck {
    std::string subject;  ///< "services.db"
    double busiest;       ///< metric service.busiest, mean over the seeds
    bool is_saturated;
};

/// The saturated service that waits for no other saturated one: workers above it are busy only because they wait for
/// their calls. Without a saturated one, the busiest. Nothing where none was measured.
[[nodiscard]] std::optional<Bottleneck> bottleneck(const Report& report, const Summary& variant);

}  // namespace stampede::reports
