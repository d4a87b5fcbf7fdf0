#pragma once

namespace stampede::reports {

/// Six significant digits: as many as the JSON report keeps of series and lists, so that what is rendered from it later
/// is the same bytes. Infinity and not-a-number stay what they are.
[[nodiscard]] double six_digits(double value);

}  // namespace stampede::reports
