#pragma once
/// What became of the requests of the last while.

#include <cstdint>
#include <memory>

#include "policies/core/time.hpp"

namespace stampede {

/// Requests of the last while, and how many of them were accepted, in buckets of time: the window moves on by whole
/// buckets. Allocates once, when the first request is counted.
class RecentCounts {
public:
    struct Counts {
        std::uint32_t requests = 0;
        std::uint32_t accepted = 0;
    };

    RecentCounts(Duration window, std::uint32_t buckets) noexcept : width_(window / buckets), buckets_(buckets) {}

    void add(Instant now, bool accepted);
    /// Of the window that ends now.
    [[nodiscard]] Counts total(Instant now) noexcept;

private:
    void move_to(Instant now) noexcept;

    Duration width_;
    std::uint32_t buckets_;
    std::unique_ptr<Counts[]> ring_;
    std::int64_t latest_ = 0;
    Counts total_;
};

}  // namespace stampede
