#include "policies/breaker/windows/window.hpp"

#include <algorithm>

namespace stampede {

void BreakerWindow::check(Problems& problems) const {
    const int kinds = (count ? 1 : 0) + (time ? 1 : 0) + (interval ? 1 : 0) + (average ? 1 : 0);
    if (kinds == 0) problems.add("count", "a window needs one of count, time, interval and average");
    if (kinds > 1) problems.add("count", "a window has one of count, time, interval and average, not several");
}

std::uint32_t BucketSettings::count(Duration time) const {
    if (!widest) return at_least;
    const Duration::rep enough = (time.count() + widest->count() - 1) / widest->count();
    return std::max(at_least, static_cast<std::uint32_t>(std::min<Duration::rep>(enough, 1'000'000)));
}

Window::Kind Window::make(const std::optional<BreakerWindow>& settings, const BucketSettings& buckets) {
    if (!settings) return None{};
    if (settings->count) return CountWindow{*settings->count};
    if (settings->time) return TimeWindow{*settings->time, buckets.count(*settings->time), buckets.turn};
    if (settings->interval) return TumblingWindow{*settings->interval};
    return AverageWindow{settings->average.value_or(1)};
}

void Window::clear(Instant now) noexcept {
    if (auto* count = std::get_if<CountWindow>(&kind_)) count->clear();
    if (auto* time = std::get_if<TimeWindow>(&kind_)) time->clear();
    if (auto* tumbling = std::get_if<TumblingWindow>(&kind_)) tumbling->begin(now);
    if (auto* average = std::get_if<AverageWindow>(&kind_)) average->clear();
}

void Window::change(const std::optional<BreakerWindow>& to, const BucketSettings& buckets) {
    const auto* count = std::get_if<CountWindow>(&kind_);
    kind_ = count != nullptr && to && to->count ? Kind{count->resized(*to->count)} : make(to, buckets);
}

}  // namespace stampede
