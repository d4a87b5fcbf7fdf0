#include "sim/network/network.hpp"

#include <algorithm>

#include "policies/random/distributions.hpp"

namespace stampede::sim {

Network::Network(const scenarios::NetworkSettings& settings, const Platform& platform)
    : zones_(platform.zones()), plain_(false), ways_(std::size_t{zones_} * zones_) {
    const auto way = [&](std::size_t from, std::size_t to) -> Way& { return ways_[from * zones_ + to]; };
    for (std::size_t from = 0; from < zones_; ++from)
        for (std::size_t to = 0; to < zones_; ++to)
            way(from, to) = {platform.latency(from, to), settings.jitter, settings.loss, false};
    for (const auto& link : settings.links) {
        const std::size_t from = zone_number(settings, link.from);
        const std::size_t to = zone_number(settings, link.to);
        for (Way* each : {&way(from, to), &way(link.one_way ? from : to, link.one_way ? to : from)}) {
            each->jitter = link.jitter;
            each->loss = link.loss;
        }
    }
    for (Way& each : ways_) each.plain = each.jitter == Duration::zero() && each.loss == 0;
    plain_ = zones_ == 1 && ways_.front().plain;
}

std::optional<Duration> Network::uneven_crossing(const Way& way, Stream& stream) {
    if (way.loss > 0 && stream.uniform() < way.loss) return std::nullopt;
    if (way.jitter == Duration::zero()) return way.latency;
    return from_seconds(to_seconds(way.latency) + uniform(stream, -1, 1) * to_seconds(way.jitter));
}

std::vector<Duration> Network::constant_delays() const {
    std::vector<Duration> delays;
    for (const Way& way : ways_)
        if (way.jitter == Duration::zero() && std::find(delays.begin(), delays.end(), way.latency) == delays.end())
            delays.push_back(way.latency);
    return delays;
}

}  // namespace stampede::sim
