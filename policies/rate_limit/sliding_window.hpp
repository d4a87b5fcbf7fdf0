#pragma once
/// Rate limiter: a sliding window.

#include <cstdint>
#include <vector>

#include "policies/core/layer.hpp"

namespace stampede {

/// At most `limit` calls in any window, counted by segments: permits taken in a segment come back when it leaves the
/// window (as .NET's SlidingWindowRateLimiter). A call that waits is booked in a later segment.
class SlidingWindow {
public:
    SlidingWindow(std::uint32_t limit, Duration window, std::uint32_t segments)
        : limit_(limit), width_(window / segments), counts_(segments) {}

    /// As Refills::book.
    Duration book(Instant now, Duration patience) noexcept;

private:
    [[nodiscard]] std::uint32_t& count(std::int64_t segment) noexcept {
        return counts_[static_cast<std::size_t>(segment) % counts_.size()];
    }
    void move_to(std::int64_t segment) noexcept;

    std::uint32_t limit_;
    Duration width_;
    std::vector<std::uint32_t> counts_;  ///< of the last segments, the latest booked in included
    std::int64_t latest_ = 0;            ///< all segments before it that are still to come are full
    std::uint32_t total_ = 0;
};

}  // namespace stampede
