#include "policies/breaker/windows/time.hpp"

namespace stampede {

void TimeWindow::drop_oldest() noexcept {
    sum_ -= ring_[(newest_ + buckets_ - used_ + 1) % buckets_].counts;
    --used_;
}

void TimeWindow::begin(Instant start) noexcept {
    if (used_ == buckets_) drop_oldest();
    newest_ = (newest_ + 1) % buckets_;
    ++used_;
    ring_[newest_] = {start, {}};
}

void TimeWindow::advance(Instant now) noexcept {
    if (turn_ == BucketTurn::one_a_call) return;
    const Duration time = width_ * buckets_;
    while (used_ > 0 && now - ring_[(newest_ + buckets_ - used_ + 1) % buckets_].start >= time) drop_oldest();
}

TimeWindow::Bucket& TimeWindow::at(Instant now) {
    if (!ring_) ring_ = std::make_unique<Bucket[]>(buckets_);
    advance(now);
    if (used_ == 0 || now - ring_[newest_].start >= width_) {
        const Duration since_turn = turn_ == BucketTurn::clock ? now.time_since_epoch() % width_ : Duration::zero();
        begin(now - since_turn);
    }
    return ring_[newest_];
}

void TimeWindow::clear() noexcept {
    used_ = 0;
    sum_ = {};
}

}  // namespace stampede
