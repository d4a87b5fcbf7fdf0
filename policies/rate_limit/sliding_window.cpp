#include "policies/rate_limit/sliding_window.hpp"

#include <algorithm>

namespace stampede {

/// Segments that leave the window give back what was taken in them.
void SlidingWindow::move_to(std::int64_t segment) noexcept {
    const auto window = static_cast<std::int64_t>(counts_.size());
    for (std::int64_t left = std::max(latest_ + 1, segment - window + 1); left <= segment; ++left) {
        total_ -= count(left);
        count(left) = 0;
    }
    latest_ = segment;
}

Duration SlidingWindow::book(Instant now, Duration patience) noexcept {
    const std::int64_t current = now.time_since_epoch() / width_;
    if (current > latest_) move_to(current);
    std::int64_t segment = latest_;
    std::uint32_t total = total_;
    while (total >= limit_) total -= count(++segment);  // the one that takes this place in the ring leaves the window
    const Duration wait = std::max(segment * width_ - now.time_since_epoch(), Duration::zero());
    if (wait > patience) return no_timer;
    if (segment > latest_) move_to(segment);
    ++count(segment);
    ++total_;
    return wait;
}

}  // namespace stampede
