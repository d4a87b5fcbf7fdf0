#pragma once
/// The network between clients and services: zones and what lies between them.

#include <cstdint>
#include <string>
#include <vector>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"

namespace stampede::scenarios {

using std::chrono::milliseconds;

/// What lies between two zones.
struct ZoneLink {
    std::string from;
    std::string to;
    bool one_way = false;
    Duration latency = milliseconds{1};
    Duration jitter{};
    Share loss = 0;
    static constexpr std::string_view doc = "between two zones, instead of what is usual";
    static constexpr auto fields() {
        return std::tuple{
            field("from", &ZoneLink::from, "zone").required(),
            field("to", &ZoneLink::to, "zone; may be the same").required(),
            field("one_way", &ZoneLink::one_way, "only messages that way; else both ways"),
            field("latency", &ZoneLink::latency, "one-way delay").required().from(0).up_to(3600),
            field("jitter", &ZoneLink::jitter, "each message's delay is latency ± this, uniformly").from(0).up_to(3600),
            field("loss", &ZoneLink::loss, "share of messages that never arrive")};
    }
    void check(Problems& problems) const;
};

struct NetworkSettings {
    Duration latency = milliseconds{1};
    Duration jitter{};
    Share loss = 0;
    std::vector<std::string> zones;
    std::vector<ZoneLink> links;
    static constexpr std::string_view doc = "between clients and services, in each direction";
    static constexpr auto fields() {
        return std::tuple{
            field("latency", &NetworkSettings::latency, "one-way delay").from(0).up_to(3600),
            field("jitter", &NetworkSettings::jitter, "each message's delay is latency ± this, uniformly")
                .from(0)
                .up_to(3600),
            field("loss", &NetworkSettings::loss, "share of messages that never arrive, in either direction"),
            field("zones", &NetworkSettings::zones,
                  "names of zones; whatever names no zone of its own is in the first"),
            field("links", &NetworkSettings::links, "pairs of zones between which it is otherwise")};
    }
    void check(Problems& problems) const;
};

}  // namespace stampede::scenarios
