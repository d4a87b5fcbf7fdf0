#pragma once
/// Time as policies see it: it is always an argument, never read from a clock.

#include <chrono>
#include <cmath>
#include <cstdint>

namespace stampede {

/// A span of time in whole nanoseconds (64 bits: 292 years, exact and ordered).
using Duration = std::chrono::nanoseconds;

/// Names the time line of one driver: nanoseconds since that driver's own start.
struct DriverClock {
    using duration = Duration;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<DriverClock>;
    static constexpr bool is_steady = true;
};

/// A point on a driver's time line.
using Instant = DriverClock::time_point;

/// Divides, because no double is 1e-9: times 1e-9, a minute would be 60.00000000000001 s.
[[nodiscard]] constexpr double to_seconds(Duration d) noexcept { return static_cast<double>(d.count()) / 1e9; }

[[nodiscard]] constexpr double to_seconds(Instant t) noexcept { return to_seconds(t.time_since_epoch()); }

/// The longest duration that arithmetic on seconds may yield (about 146 years); longer ones are cut to it.
inline constexpr Duration longest = Duration::max() / 2;

/// Nearest nanosecond; anything beyond `longest` (or not a number) becomes `longest`, below zero becomes zero.
[[nodiscard]] inline Duration from_seconds(double seconds) noexcept {
    const double nanoseconds = seconds * 1e9;
    if (nanoseconds <= 0) return Duration::zero();
    if (!(nanoseconds < static_cast<double>(longest.count()))) return longest;
    return Duration{static_cast<std::int64_t>(nanoseconds + 0.5)};
}

}  // namespace stampede
