#include "policies/balance/zones.hpp"

#include <algorithm>

namespace stampede {

void ZoneChoice::place(std::uint16_t own_zone, std::uint32_t hosts, const std::vector<std::uint16_t>& zone_of_host) {
    own_ = own_zone;
    hosts_ = hosts;
    zones_.clear();
    for (std::uint32_t host = 0; host < hosts; ++host) {
        const std::size_t zone = host < zone_of_host.size() ? zone_of_host[host] : 0;
        zones_.resize(std::max({zones_.size(), zone + 1, own_zone + std::size_t{1}}));
        zones_[zone].hosts.push_back(host);
    }
}

double ZoneChoice::surplus(const Zone& zone) const noexcept {
    return static_cast<double>(zone.healthy) / healthy_ - static_cast<double>(zone.hosts.size()) / hosts_;
}

ZoneChoice::Zone* ZoneChoice::choose(const ZoneAwareSettings& settings, Stream& random) noexcept {
    if (hosts_ < settings.min_hosts || healthy_ == 0 || healthy_ < settings.panic * hosts_) return nullptr;
    Zone& own = zones_[own_];
    if (own.hosts.empty()) return nullptr;
    const double due = static_cast<double>(own.hosts.size()) / hosts_;
    const double there = static_cast<double>(own.healthy) / healthy_;
    if (there >= due) return &own;
    if (random.uniform() * due < there) return &own;
    double all = 0;
    for (const Zone& zone : zones_) all += std::max(0.0, surplus(zone));
    double left = random.uniform() * all;
    Zone* chosen = nullptr;
    for (Zone& zone : zones_) {
        if (surplus(zone) <= 0) continue;
        chosen = &zone;
        if (left < surplus(zone)) break;
        left -= surplus(zone);
    }
    return chosen;
}

}  // namespace stampede
