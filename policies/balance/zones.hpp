#pragma once
/// Balancing that keeps calls in the caller's zone: which zone the next call goes to.
///
/// The rule is Envoy's zone aware routing: where the caller's zone has at least its share of the healthy hosts, all its
/// calls stay; else so large a part of them stays as the zone has of its share, and the rest goes to the zones that
/// have more than theirs, by how much more. A zone's share is the part of the callers that are in it; callers are taken
/// to be spread over the zones as the hosts are when all are well.
/// https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/zone_aware

#include <cstdint>
#include <vector>

#include "policies/core/settings.hpp"
#include "policies/random/stream.hpp"

namespace stampede {

/// Names and defaults follow Envoy's zone_aware_lb_config and its healthy_panic_threshold.
struct ZoneAwareSettings {
    std::uint32_t min_hosts = 6;
    Share panic = 0.5;

    static constexpr std::string_view doc = "hosts in the caller's own zone come first";
    static constexpr auto fields() {
        return std::tuple{
            field("min_hosts", &ZoneAwareSettings::min_hosts, "with fewer hosts in all, zones do not matter")
                .from(1)
                .up_to(65'535),
            field("panic", &ZoneAwareSettings::panic,
                  "where a smaller share of the hosts is not ejected, zones do not matter")};
    }
};

/// The hosts by zone, and how many of them are healthy.
class ZoneChoice {
public:
    struct Zone {
        std::vector<std::uint32_t> hosts{};
        std::uint32_t healthy = 0;
        std::uint32_t next = 0;  ///< whose turn it is, among `hosts`
    };

    void place(std::uint16_t own_zone, std::uint32_t hosts, const std::vector<std::uint16_t>& zone_of_host);
    [[nodiscard]] bool is_placed() const noexcept { return !zones_.empty(); }

    /// `is_out(host)` says whether a host is ejected.
    template <class IsOut>
    void count(IsOut&& is_out) noexcept {
        healthy_ = 0;
        for (Zone& zone : zones_) {
            zone.healthy = 0;
            for (const std::uint32_t host : zone.hosts) zone.healthy += is_out(host) ? 0 : 1;
            healthy_ += zone.healthy;
        }
    }
    /// The zone that the next call goes to, by the latest count; null where zones do not matter. It has a healthy host.
    [[nodiscard]] Zone* choose(const ZoneAwareSettings& settings, Stream& random) noexcept;

private:
    /// Of the healthy hosts, less what is due to it.
    [[nodiscard]] double surplus(const Zone& zone) const noexcept;

    std::vector<Zone> zones_;
    std::uint16_t own_ = 0;
    std::uint32_t hosts_ = 0;
    std::uint32_t healthy_ = 0;
};

}  // namespace stampede
