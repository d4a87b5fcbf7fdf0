#pragma once
/// What happens to messages on their way.

#include <optional>
#include <string>

#include "scenarios/format/distributions.hpp"
#include "scenarios/format/faults/timing.hpp"
#include "scenarios/format/sizes.hpp"

namespace stampede::scenarios {

/// Which messages a fault of the network strikes: those between two ends, or between one and everything else.
struct FaultEnds {
    std::string from{};
    std::string to{};
    bool one_way = false;
    Share share = 1;
};

[[nodiscard]] constexpr auto ends_fields() {
    return std::tuple{
        field("from", &FaultEnds::from,
              "one end: a zone (\"zones.east\"), a population (\"clients.web\"), a service (\"api\") or an instance of "
              "it (\"api[2]\")")
            .required(),
        field("to", &FaultEnds::to, "the other end; everything else if left out"),
        field("one_way", &FaultEnds::one_way, "only messages that way, not those back; else both"),
        field("share", &FaultEnds::share,
              "share of the members of \"from\" that it strikes, the first so many: clients of a population, instances "
              "of a service")};
}

/// Nobody refuses anything: messages vanish.
struct PartitionFault : FaultTiming, FaultEnds {
    static constexpr std::string_view name = "partition";
    static constexpr std::string_view doc = "no message gets through: callers see only their timeouts";
    static constexpr auto fields() { return std::tuple_cat(timing_fields(), ends_fields()); }
};

struct NetworkFault : FaultTiming, FaultEnds, FaultStrength {
    Share loss = 0;
    Share duplication = 0;
    std::optional<TimeDistribution> latency{};
    std::optional<Bandwidth> bandwidth{};
    static constexpr std::string_view name = "network";
    static constexpr std::string_view doc = "messages are lost, doubled or late; together or one of them";
    static constexpr auto fields() {
        return std::tuple_cat(
            timing_fields(), ends_fields(), strength_fields(),
            std::tuple{
                field("loss", &NetworkFault::loss, "share of messages that never arrive, on top of the way's own"),
                field("duplication", &NetworkFault::duplication,
                      "share of messages that arrive twice, on top of the way's own"),
                field("latency", &NetworkFault::latency, "added to each message's delay, drawn for each"),
                field("bandwidth", &NetworkFault::bandwidth,
                      "a message takes its size over this longer, beside what the way itself takes; at half the "
                      "strength half of that")
                    .above(0)
                    .up_to(1e13)});
    }
    void check(Problems& problems) const;
};

}  // namespace stampede::scenarios
