#pragma once
/// Mean of the last latencies.

#include <cstdint>
#include <memory>

#include "policies/core/time.hpp"

namespace stampede {

/// Mean of the last latencies. Allocates once, when the first is added.
class LatencyAverage {
public:
    explicit LatencyAverage(std::uint32_t window) noexcept : window_(window) {}

    void add(Duration latency) {
        if (!ring_) ring_ = std::make_unique<Duration[]>(window_);
        Duration& place = ring_[next_];
        if (count_ < window_) {
            ++count_;
        } else {
            sum_ -= place;
        }
        place = latency;
        sum_ += latency;
        if (++next_ == window_) next_ = 0;
    }
    [[nodiscard]] std::uint32_t count() const noexcept { return count_; }
    /// Zero where there is none.
    [[nodiscard]] Duration mean() const noexcept { return count_ == 0 ? Duration::zero() : sum_ / count_; }

private:
    std::uint32_t window_;
    std::uint32_t next_ = 0;
    std::uint32_t count_ = 0;
    Duration sum_{};
    std::unique_ptr<Duration[]> ring_;
};

}  // namespace stampede
