#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sim/measure/result.hpp"

namespace stampede::reports {

/// A span on a track of its agent, where it lies inside or beside every other.
struct PlacedSpan {
    const sim::TraceSpan* span;
    std::size_t track;  ///< in `Tracks::names`
    Instant end;        ///< cut where the request ends: what was still planned then did not happen
};

struct Tracks {
    std::vector<std::string> names;  ///< "agent 3"; "agent 3, also" for what overlaps
    std::vector<PlacedSpan> spans;   ///< in the order of the trace
};

/// Viewers draw the spans of one track as a stack, so they must nest. An agent whose requests overlap (open loop), or
/// whose attempts do, gets further tracks; what belongs to a request stays on its track as long as it nests there.
[[nodiscard]] Tracks place(const sim::Trace& trace);

}  // namespace stampede::reports
