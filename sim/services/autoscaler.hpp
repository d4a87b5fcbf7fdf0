#pragma once
/// Adds and takes away instances by utilisation, with a lag.

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "policies/core/time.hpp"
#include "scenarios/format/stress.hpp"

namespace stampede::sim {

class Autoscaler {
public:
    Autoscaler(const scenarios::AutoscaleSettings& settings, std::uint32_t least)
        : settings_(settings), least_(least) {}

    [[nodiscard]] Duration period() const noexcept { return settings_.period; }
    [[nodiscard]] Duration start_up() const noexcept { return settings_.start_up; }

    /// To be told of every change of how many workers are busy over all instances.
    void busy_changed(Instant now, std::uint32_t busy) noexcept {
        busy_worker_s_ += to_seconds(now - since_) * busy_;
        since_ = now;
        busy_ = busy;
    }

    /// How many instances there should be after the period that ends now; `running` take calls now, of so many workers
    /// each, and `starting` will.
    [[nodiscard]] std::uint32_t wanted(Instant now, std::uint32_t running, std::uint32_t starting,
                                       std::uint32_t workers) noexcept {
        busy_changed(now, busy_);
        const double utilisation = busy_worker_s_ / (to_seconds(settings_.period) * running * workers);
        busy_worker_s_ = 0;
        const double ideal = std::ceil(running * utilisation / settings_.target - 1e-9);
        const auto wanted = static_cast<std::uint32_t>(std::clamp<double>(ideal, least_, settings_.max));
        const std::uint32_t there = running + starting;
        if (wanted > there) last_change_ = now;
        if (wanted >= there || now - last_change_ < settings_.cool_down) return std::max(wanted, there);
        last_change_ = now;
        return wanted;
    }

private:
    scenarios::AutoscaleSettings settings_;
    std::uint32_t least_;
    std::uint32_t busy_ = 0;
    double busy_worker_s_ = 0;
    Instant since_{};
    Instant last_change_{};
};

}  // namespace stampede::sim
