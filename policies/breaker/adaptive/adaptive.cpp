#include "policies/breaker/adaptive/adaptive.hpp"

#include <algorithm>
#include <cmath>

namespace stampede {

void Adaptive::catch_up(const AdaptiveSettings& settings, Instant now) {
    const std::int64_t due = now.time_since_epoch() / settings.every;
    // After a long silence all has come to rest; nobody can tell how often it was looked at before that.
    constexpr std::int64_t most = 1'000;
    turn_ = std::max(turn_, due - most);
    while (turn_ < due) control(settings, Instant{} + ++turn_ * settings.every);
}

void Adaptive::control(const AdaptiveSettings& settings, Instant at) {
    window_.advance(at);
    const Measured measured = window_.measured();
    const double rate = measured.calls == 0 ? 0 : measured.failure_rate;
    double excess = rate - ideal_;
    if (std::abs(excess) <= settings.dead_zone * ideal_) excess = 0;
    const double error = excess - (1 - excess) * refused_;
    const double seconds = to_seconds(settings.every);
    integral_ = std::clamp(integral_ + error * seconds, -settings.integral_cap, settings.integral_cap);
    const double change = (error - last_) / seconds;
    last_ = error;
    refused_ = std::clamp(refused_ + settings.kp * error + settings.ki * integral_ + settings.kd * change, 0.0, 1.0);
    ideal_ += (rate - ideal_) * (rate > ideal_ ? settings.learn_up : settings.learn_down);
    ideal_ = std::min(ideal_, settings.ideal_cap.value);
}

}  // namespace stampede
