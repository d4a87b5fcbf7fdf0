#pragma once
/// A breaker that refuses a share of the calls: the controller.

#include "policies/breaker/adaptive/settings.hpp"
#include "policies/breaker/windows/time.hpp"

namespace stampede {

/// At every multiple of `every`, with e the failure rate of the calls that went through and r the share refused:
///
///     d  = e - ideal, 0 where it is no larger than dead_zone·ideal either way
///     P  = d - (1 - d)·r
///     I += P·every, within ±integral_cap;  D = (P - the last P) / every      (seconds)
///     r += kp·P + ki·I + kd·D, within 0…1
///
/// (semian, lib/semian/pid_controller.rb). `ideal` goes towards e by learn_up or learn_down of the way, and never above
/// ideal_cap. Without any outcome in the window e is 0, so that r falls and calls are tried again.
class Adaptive {
public:
    explicit Adaptive(const AdaptiveSettings& settings)
        : window_(settings.window, 10, BucketTurn::clock), ideal_(settings.ideal) {}

    /// Makes good all changes of the share that were due by `now`.
    void catch_up(const AdaptiveSettings& settings, Instant now);
    void settled(Instant now, bool failure) {
        window_.arrived(now);
        window_.settled(now, {failure, false});
    }
    [[nodiscard]] double refused_share() const noexcept { return refused_; }

private:
    void control(const AdaptiveSettings& settings, Instant at);

    TimeWindow window_;
    std::int64_t turn_ = 0;  ///< multiples of `every` that have been made good
    double ideal_;
    double integral_ = 0;
    double last_ = 0;
    double refused_ = 0;
};

}  // namespace stampede
