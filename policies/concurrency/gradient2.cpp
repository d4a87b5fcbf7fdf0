#include "policies/concurrency/gradient2.hpp"

#include <algorithm>

namespace stampede {
namespace {

constexpr std::uint32_t warm_up_calls = 10;

}  // namespace

void Gradient2Settings::check(Problems& problems) const {
    if (min > max) problems.add("min", "must not be above \"max\"");
    if (initial < min || initial > max) problems.add("initial", "must be from \"min\" to \"max\"");
}

void Gradient2Limit::average(double latency) noexcept {
    if (calls_ < warm_up_calls) {
        sum_ += latency;
        mean_ = sum_ / ++calls_;
        return;
    }
    const double weight = 2.0 / (settings_->long_window + 1.0);
    mean_ = mean_ * (1 - weight) + latency * weight;
}

void Gradient2Limit::learn(const ConcurrencySample& sample) noexcept {
    const auto latency = static_cast<double>(std::max<std::int64_t>(1, sample.latency().count()));
    average(latency);
    const double mean = mean_;
    if (mean / latency > 2) mean_ *= 0.95;
    if (sample.under_way < limit_ / 2) return;
    const double gradient = std::clamp(settings_->tolerance * mean / latency, 0.5, 1.0);
    const double aim = limit_ * gradient + settings_->queue;
    limit_ = std::clamp(limit_ * (1 - settings_->smoothing) + aim * settings_->smoothing,
                        static_cast<double>(settings_->min), static_cast<double>(settings_->max));
}

}  // namespace stampede
