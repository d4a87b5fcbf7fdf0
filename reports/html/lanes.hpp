#pragma once

#include <string>
#include <vector>

#include "reports/html/plot.hpp"
#include "sim/measure/result.hpp"

namespace stampede::reports::html {

/// Breakers as rows, their states over time as colours. Time is cut into `columns`, each of which should be a pixel or
/// more; it shows the state that matters most in it: half-open before open before closed. So no probe is lost, however
/// short it was.
[[nodiscard]] std::string draw_lanes(const std::vector<sim::BreakerLane>& lanes, const Scale& time,
                                     std::size_t columns);

}  // namespace stampede::reports::html
