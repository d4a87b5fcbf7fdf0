#pragma once

#include <optional>

#include "scenarios/format/mistakes.hpp"
#include "scenarios/format/node.hpp"

namespace stampede::scenarios {

/// Bounds on what is taken in: far above any scenario, low enough that hostile input cannot exhaust the machine.
inline constexpr std::size_t max_bytes = 16U << 20U;
inline constexpr std::size_t max_values = 1'000'000;
inline constexpr std::size_t max_depth = 64;

/// The stretch `within` of a source as JSON (comments allowed); one mistake where it is not, or where it has more than
/// `most_values` values. Any bytes may be given.
[[nodiscard]] std::optional<Node> parse_json(const Source& source, Span within, Mistakes& mistakes,
                                             std::size_t most_values = max_values);

}  // namespace stampede::scenarios
