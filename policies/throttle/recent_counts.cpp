#include "policies/throttle/recent_counts.hpp"

#include <algorithm>

namespace stampede {

void RecentCounts::move_to(Instant now) noexcept {
    const std::int64_t bucket = now.time_since_epoch() / width_;
    if (bucket <= latest_) return;
    for (std::int64_t left = std::max(latest_ + 1, bucket - buckets_ + 1); ring_ && left <= bucket; ++left) {
        Counts& old = ring_[static_cast<std::size_t>(left % buckets_)];
        total_.requests -= old.requests;
        total_.accepted -= old.accepted;
        old = {};
    }
    latest_ = bucket;
}

void RecentCounts::add(Instant now, bool accepted) {
    move_to(now);
    if (!ring_) ring_ = std::make_unique<Counts[]>(buckets_);
    Counts& bucket = ring_[static_cast<std::size_t>(latest_ % buckets_)];
    ++bucket.requests;
    ++total_.requests;
    if (!accepted) return;
    ++bucket.accepted;
    ++total_.accepted;
}

RecentCounts::Counts RecentCounts::total(Instant now) noexcept {
    move_to(now);
    return total_;
}

}  // namespace stampede
