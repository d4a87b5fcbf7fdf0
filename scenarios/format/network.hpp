#pragma once
/// The network between clients and services: zones and what lies between them.

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"
#include "scenarios/format/files.hpp"
#include "scenarios/format/sizes.hpp"

namespace stampede::scenarios {

using std::chrono::milliseconds;

/// What a way does to the messages that go along it, in each direction by itself.
struct WaySettings {
    Duration latency = milliseconds{1};
    Duration jitter{};
    bool in_order = false;
    Share loss = 0;
    Share duplication = 0;
    std::optional<Bandwidth> bandwidth{};
    bool shared = false;
};

[[nodiscard]] constexpr auto way_fields() {
    return std::tuple{
        field("jitter", &WaySettings::jitter, "each message's delay is latency ± this, uniformly").from(0).up_to(3600),
        field("in_order", &WaySettings::in_order,
              "a message waits for those sent before it on the same way, as on one connection; else they may overtake"),
        field("loss", &WaySettings::loss, "share of messages that never arrive"),
        field("duplication", &WaySettings::duplication,
              "share of messages that arrive twice: services do the work twice, callers take the first answer"),
        field("bandwidth", &WaySettings::bandwidth,
              "a message takes its size over this longer; none: sizes do not matter")
            .above(0)
            .up_to(1e13),
        field(
            "shared", &WaySettings::shared,
            "messages under way at once share the bandwidth, as flows on a SimGrid link do; else each has all of it")};
}

[[nodiscard]] constexpr auto latency_field() {
    return field("latency", &WaySettings::latency, "one-way delay").from(0).up_to(3600);
}

/// What lies between two zones.
struct ZoneLink : WaySettings {
    std::string from;
    std::string to;
    bool one_way = false;
    static constexpr std::string_view doc = "between two zones, instead of what is usual";
    static constexpr auto fields() {
        return std::tuple_cat(std::tuple{field("from", &ZoneLink::from, "zone").required(),
                                         field("to", &ZoneLink::to, "zone; may be the same").required(),
                                         field("one_way", &ZoneLink::one_way, "only messages that way; else both ways"),
                                         latency_field().required()},
                              way_fields());
    }
    void check(Problems& problems) const;
};

struct NetworkSettings : WaySettings {
    std::optional<TextFile> platform{};
    Size request_size{};
    Size response_size{};
    std::vector<std::string> zones;
    std::vector<ZoneLink> links;
    static constexpr std::string_view doc = "between clients and services, in each direction";
    static constexpr auto fields() {
        return std::tuple_cat(
            std::tuple{latency_field()}, way_fields(),
            std::tuple{
                field("platform", &NetworkSettings::platform,
                      "a SimGrid platform file: zones are names of its hosts, and what lies between them, what they do "
                      "and when they fail is as it says"),
                field("request_size", &NetworkSettings::request_size, "of a call, where its service says nothing else")
                    .from(0)
                    .up_to(1e12),
                field("response_size", &NetworkSettings::response_size,
                      "of an answer, where its service says nothing else")
                    .from(0)
                    .up_to(1e12),
                field("zones", &NetworkSettings::zones,
                      "names of zones; whatever names no zone of its own is in the first"),
                field("links", &NetworkSettings::links, "pairs of zones between which it is otherwise")});
    }
    void check(Problems& problems) const;
};

}  // namespace stampede::scenarios
