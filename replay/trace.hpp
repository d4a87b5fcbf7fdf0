#pragma once
/// A trace of calls: when each came, how it ended and how long it took.
///
///     # t_ms id outcome duration_ms
///     0   a  ok    20
///     10  b  fail  35
///
/// One call a line, in the order in which they came; from a # on a line is a comment. Times are whole milliseconds.

#include <optional>
#include <string>
#include <vector>

#include "policies/core/outcome.hpp"
#include "policies/core/time.hpp"
#include "scenarios/format/diagnostics.hpp"

namespace stampede::replay {

struct TracedCall {
    Instant at;
    std::string id;
    Outcome outcome;    ///< ok and slow: success; fail: transient; client_error
    Duration duration;  ///< from when it is let through
};

using Trace = std::vector<TracedCall>;

/// Times and durations are at most this many milliseconds, about 30 years.
inline constexpr std::int64_t longest_ms = 1'000'000'000'000;

/// Nothing, and all mistakes in `diagnostics`, where some line is none of the above. Any bytes may be given.
[[nodiscard]] std::optional<Trace> read_trace(std::string text, std::string name, scenarios::Diagnostics& diagnostics);

}  // namespace stampede::replay
