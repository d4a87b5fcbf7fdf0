#pragma once
/// CoDel at the head of a queue: when even the shortest wait has been above a target for an interval, calls are dropped
/// ever more often until it is not (RFC 8289, section 5; the control law is interval / sqrt(count)).

#include <cmath>
#include <cstdint>

#include "policies/core/time.hpp"

namespace stampede::sim {

class Codel {
public:
    Codel(Duration target, Duration interval) : target_(target), interval_(interval) {}

    /// Whether the call at the head, which has waited so long, is to be dropped. Asked again for the next one when it
    /// is. `last` says that no call waits behind it.
    [[nodiscard]] bool drops(Instant now, Duration waited, bool last) {
        const bool high = stays_high(now, waited, last);
        if (dropping_) {
            if (!high) {
                dropping_ = false;
                return false;
            }
            if (now < next_drop_) return false;
            ++count_;
            next_drop_ = control_law(next_drop_);
            return true;
        }
        if (!high) return false;
        dropping_ = true;
        // Soon after the last spell of dropping it goes on nearly where that one ended.
        const std::uint32_t before = count_ - count_at_start_;
        const bool recently = now - next_drop_ < 16 * interval_;
        count_ = before > 1 && recently ? before : 1;
        count_at_start_ = count_;
        next_drop_ = control_law(now);
        return true;
    }

private:
    [[nodiscard]] bool stays_high(Instant now, Duration waited, bool last) {
        if (waited < target_ || last) {
            above_since_known_ = false;
            return false;
        }
        if (!above_since_known_) {
            above_since_known_ = true;
            high_from_ = now + interval_;
            return false;
        }
        return now >= high_from_;
    }

    [[nodiscard]] Instant control_law(Instant from) const {
        return from + from_seconds(to_seconds(interval_) / std::sqrt(static_cast<double>(count_)));
    }

    Duration target_;
    Duration interval_;
    bool dropping_ = false;
    bool above_since_known_ = false;
    std::uint32_t count_ = 0;
    std::uint32_t count_at_start_ = 0;
    Instant high_from_{};
    Instant next_drop_{};
};

}  // namespace stampede::sim
