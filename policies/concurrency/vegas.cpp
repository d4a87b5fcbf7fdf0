#include "policies/concurrency/vegas.hpp"

#include <algorithm>
#include <cmath>

#include "policies/random/distributions.hpp"

namespace stampede {
namespace {

std::uint32_t step_of(double limit) noexcept {
    std::uint32_t step = 1;
    for (double power = 100; limit >= power; power *= 10) ++step;
    return step;
}

}  // namespace

void VegasSettings::check(Problems& problems) const {
    if (initial > max) problems.add("initial", "must not be above \"max\"");
    if (beta < alpha) problems.add("beta", "must not be below \"alpha\"");
}

void VegasLimit::learn(const ConcurrencySample& sample) noexcept {
    if (probe_jitter_ == 0) probe_jitter_ = uniform(sample.random, 0.5, 1);
    if (probe_jitter_ * settings_->probe_multiplier * limit_ <= ++calls_) {
        probe_jitter_ = uniform(sample.random, 0.5, 1);
        calls_ = 0;
        best_ = sample.latency();
        return;
    }
    if (best_ == Duration::zero() || sample.latency() < best_) {
        best_ = sample.latency();
        return;
    }
    const double aim = this->aim(sample);
    if (aim == limit_) return;
    const double within = std::clamp(aim, 1.0, static_cast<double>(settings_->max));
    limit_ = (1 - settings_->smoothing) * limit_ + settings_->smoothing * within;
}

double VegasLimit::aim(const ConcurrencySample& sample) const noexcept {
    const std::uint32_t step = step_of(limit_);
    if (sample.dropped) return limit_ - step;
    if (sample.under_way * 2 < limit_) return limit_;
    const double share = static_cast<double>(best_.count()) / static_cast<double>(sample.latency().count());
    const double queue = std::ceil(limit_ * (1 - share));
    if (queue <= settings_->threshold * step) return limit_ + settings_->beta * step;
    if (queue < settings_->alpha * step) return limit_ + step;
    if (queue > settings_->beta * step) return limit_ - step;
    return limit_;
}

}  // namespace stampede
