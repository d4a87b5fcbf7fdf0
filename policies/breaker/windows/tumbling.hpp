#pragma once
/// A window that is emptied at the end of each interval.

#include "policies/breaker/windows/measured.hpp"
#include "policies/core/time.hpp"

namespace stampede {

/// All outcomes since an interval began. It ends after its length, and the first call after that begins the next one.
class TumblingWindow {
public:
    explicit TumblingWindow(Duration interval) noexcept : interval_(interval) {}

    [[nodiscard]] bool is_over(Instant now) const noexcept { return now - start_ > interval_; }
    void begin(Instant now) noexcept {
        start_ = now;
        counts_ = {};
    }

    void arrived() noexcept { ++counts_.calls; }
    void settled(Counted outcome) noexcept { counts_.add(outcome); }
    [[nodiscard]] Measured measured() const noexcept { return counts_.measured(); }

private:
    Duration interval_;
    Instant start_{};
    WindowCounts counts_;
};

}  // namespace stampede
