#include "policies/hedge/delay.hpp"

#include <algorithm>

namespace stampede {

HedgeDelay::HedgeDelay(const std::optional<MeasuredDelay>& measured) {
    if (!measured) return;
    if (const auto* quantile = std::get_if<QuantileDelay>(&*measured))
        measure_.emplace<Quantile>(Quantile{*quantile, LatencySketch{quantile->half_life}});
    else
        measure_.emplace<Average>(
            Average{std::get<AverageDelay>(*measured), LatencyAverage{std::get<AverageDelay>(*measured).window}});
}

void HedgeDelay::add(Instant now, Duration latency, bool answered) {
    if (auto* quantile = std::get_if<Quantile>(&measure_)) {
        quantile->sketch.add(now, latency);
        ++quantile->added;
    } else if (auto* average = std::get_if<Average>(&measure_)) {
        if (answered || average->settings.failures) average->mean.add(latency);
    }
}

std::optional<Duration> HedgeDelay::get() {
    if (auto* average = std::get_if<Average>(&measure_)) {
        if (average->mean.count() < average->settings.minimum_calls) return std::nullopt;
        return from_seconds(to_seconds(average->mean.mean()) * average->settings.times) + average->settings.plus;
    }
    auto* quantile = std::get_if<Quantile>(&measure_);
    if (quantile == nullptr || quantile->sketch.weight() < quantile->settings.minimum_calls) return std::nullopt;
    if (quantile->added >= quantile->next_reading) {
        quantile->reading = quantile->sketch.quantile(quantile->settings.quantile);
        // At most a hundredth more of what it knows has come in the meantime.
        quantile->next_reading = quantile->added + static_cast<std::uint32_t>(quantile->sketch.weight() / 100) + 1;
    }
    return std::max(quantile->reading, quantile->settings.at_least);
}

}  // namespace stampede
