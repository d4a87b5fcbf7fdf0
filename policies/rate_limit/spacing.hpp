#pragma once
/// Rate limiter: calls an interval apart.

#include <algorithm>
#include <cstdint>

#include "policies/core/layer.hpp"

namespace stampede {

/// Calls an interval apart, of which up to `burst` may come early: the generic cell rate algorithm (ITU-T I.371), which
/// is a token bucket that fills continuously. With a burst of one it is a smooth limiter; `aligned`, its calls are not
/// an interval apart but one in each interval of a fixed grid, as Failsafe's smooth limiter counts.
class Spacing {
public:
    Spacing(Duration interval, std::uint32_t burst, bool aligned) noexcept
        : interval_(interval),
          early_(interval > longest / burst ? longest : (burst - 1) * interval),
          aligned_(aligned) {}

    /// As Refills::book.
    Duration book(Instant now, Duration patience) noexcept {
        const Duration wait = std::max(due_ - early_ - now, Duration::zero());
        if (wait > patience) return no_timer;
        const Instant from = aligned_ ? Instant{now.time_since_epoch() / interval_ * interval_} : now;
        due_ = std::max(due_, from) + interval_;
        return wait;
    }

private:
    Duration interval_;
    Duration early_;
    Instant due_{};  ///< when the next call would come if none came early
    bool aligned_;
};

}  // namespace stampede
