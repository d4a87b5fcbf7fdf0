#pragma once
/// A window over the last stretch of time.

#include <memory>

#include "policies/breaker/windows/measured.hpp"
#include "policies/breaker/windows/settings.hpp"
#include "policies/core/time.hpp"

namespace stampede {

/// The outcomes of a stretch of time, in a ring of buckets of equal width; allocates when the first one comes. The
/// oldest bucket goes as a whole: the window is between `time` minus one width and `time` long.
class TimeWindow {
public:
    TimeWindow(Duration time, std::uint32_t buckets, BucketTurn turn) noexcept
        : width_(time / buckets), buckets_(buckets), turn_(turn) {}

    /// Drops what is too old at that time. Times never go backwards.
    void advance(Instant now) noexcept;
    /// A call is there; `settled` says how it ended.
    void arrived(Instant now) {
        Bucket& bucket = at(now);
        ++bucket.counts.calls;
        ++sum_.calls;
    }
    void settled(Instant now, Counted outcome) {
        Bucket& bucket = at(now);
        bucket.counts.add(outcome);
        sum_.add(outcome);
    }

    [[nodiscard]] Measured measured() const noexcept { return sum_.measured(); }
    void clear() noexcept;

private:
    struct Bucket {
        Instant start;
        WindowCounts counts;
    };

    /// The bucket of this time.
    Bucket& at(Instant now);
    void begin(Instant start) noexcept;
    void drop_oldest() noexcept;

    std::unique_ptr<Bucket[]> ring_;
    Duration width_;
    std::uint32_t buckets_;
    std::uint32_t newest_ = 0;
    std::uint32_t used_ = 0;  ///< buckets up to the newest that count
    WindowCounts sum_;
    BucketTurn turn_;
};

}  // namespace stampede
