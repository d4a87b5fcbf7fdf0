#include "sim/network/network.hpp"

#include <algorithm>

#include "policies/random/distributions.hpp"

namespace stampede::sim {

bool may_double(const scenarios::Scenario& scenario) {
    const auto doubles = [](const scenarios::Fault& fault) {
        const auto* network = std::get_if<scenarios::NetworkFault>(&fault);
        return network != nullptr && network->duplication > 0;
    };
    const auto& links = scenario.network.links;
    const auto& faults = scenario.faults;
    return scenario.network.duplication > 0 ||
           std::any_of(links.begin(), links.end(), [](const auto& link) { return link.duplication > 0; }) ||
           std::any_of(faults.begin(), faults.end(), doubles) ||
           (scenario.chaos && std::any_of(scenario.chaos->from.begin(), scenario.chaos->from.end(), doubles));
}

Network::Network(const scenarios::Scenario& scenario, const Platform& platform)
    : platform_(platform), zones_(platform.zones()), ways_(std::size_t{zones_} * zones_) {
    const scenarios::NetworkSettings& settings = scenario.network;
    bool has_sizes = false;
    for (const auto& service : scenario.services) {
        bytes_.push_back({service.value.request_size.value_or(settings.request_size).bytes,
                          service.value.response_size.value_or(settings.response_size).bytes});
        has_sizes = has_sizes || bytes_.back().request > 0 || bytes_.back().response > 0;
    }
    const auto set_way = [&](std::size_t from, std::size_t to, const scenarios::WaySettings& way) {
        Way& each = ways_[from * zones_ + to];
        each = {platform.latency(from, to), way.jitter, way.loss, way.duplication};
        each.shared = (way.shared || platform.is_from_file()) && has_sizes;
        if (way.bandwidth && !way.shared && has_sizes) each.seconds_per_byte = 1 / way.bandwidth->bytes_per_s;
        each.in_order = way.in_order;
        each.plain = way.jitter == Duration::zero() && way.loss == 0 && way.duplication == 0 && !way.in_order &&
                     each.seconds_per_byte == 0 && !each.shared && !platform.is_from_file();
    };
    for (std::size_t from = 0; from < zones_; ++from)
        for (std::size_t to = 0; to < zones_; ++to) set_way(from, to, way_between(settings, from, to));
    plain_ = plain_without_rules_ = zones_ == 1 && ways_.front().plain;
}

Passage Network::cross_uneven(Way& way, const Endpoint& from, const Endpoint& to, double bytes, Instant now,
                              Stream& stream) {
    constexpr Passage lost{0, false, {}};
    if (platform_.is_from_file()) {
        const Platform::Way at_present = platform_.way(now, from.zone, to.zone);
        if (!at_present.is_open) return lost;
        way.latency = at_present.latency;
    }
    if (way.loss > 0 && stream.uniform() < way.loss) return lost;
    Passage passage{1, way.shared && bytes > 0, {}};
    if (way.duplication > 0 && stream.uniform() < way.duplication) passage.copies = 2;
    Duration added{};
    for (const auto& [number, rule] : rules_) {
        if (!rule.strikes(from, to)) continue;
        if (rule.blocks || (rule.loss > 0 && stream.uniform() < rule.loss)) return lost;
        if (rule.duplication > 0 && stream.uniform() < rule.duplication) passage.copies = 2;
        added += from_seconds(bytes * rule.seconds_per_byte);
        if (rule.latency) added += from_seconds(rule.strength * to_seconds(rule.latency->draw(stream)));
    }
    for (std::uint8_t copy = 0; copy < passage.copies; ++copy)
        passage.delays[copy] = delay_on(way, bytes, added, now, stream);
    return passage;
}

/// Of what flows, the latency is the flow's own.
Duration Network::delay_on(Way& way, double bytes, Duration added, Instant now, Stream& stream) {
    Duration delay = way.shared && bytes > 0 ? way.jitter : way.latency;
    if (way.jitter > Duration::zero())
        delay = from_seconds(to_seconds(delay) + uniform(stream, -1, 1) * to_seconds(way.jitter));
    delay += added + from_seconds(bytes * way.seconds_per_byte);
    if (way.in_order) {
        way.latest = std::max(way.latest, now + delay);
        delay = way.latest - now;
    }
    return delay;
}

std::vector<Duration> Network::constant_delays() const {
    std::vector<Duration> delays;
    for (const Way& way : ways_)
        if (way.jitter == Duration::zero() && !platform_.is_from_file() && way.seconds_per_byte == 0 && !way.shared &&
            std::find(delays.begin(), delays.end(), way.latency) == delays.end())
            delays.push_back(way.latency);
    return delays;
}

}  // namespace stampede::sim
