#pragma once
/// Populations of clients, and when they request.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"
#include "scenarios/format/connections.hpp"
#include "scenarios/format/distributions.hpp"
#include "scenarios/format/load/bursts.hpp"
#include "scenarios/format/load/shapes.hpp"
#include "scenarios/format/patience.hpp"

namespace stampede::scenarios {

using std::chrono::milliseconds;
using std::chrono::seconds;

enum class Arrivals : std::uint8_t { poisson, regular, aligned };

[[nodiscard]] constexpr auto choices(Arrivals) {
    return std::array{
        Choice<Arrivals>{Arrivals::poisson, "poisson", "independent, at random times"},
        Choice<Arrivals>{Arrivals::regular, "regular", "evenly spaced, each client at a phase of its own"},
        Choice<Arrivals>{Arrivals::aligned, "aligned", "all clients at the same instants: whole multiples of 1/rate"},
    };
}

/// New requests come whatever became of earlier ones.
struct OpenLoad {
    Rate rate{};
    Arrivals arrivals = Arrivals::poisson;
    std::vector<TracePoint> trace{};
    std::vector<LoadShape> shape{};
    std::optional<BatchSize> batch{};
    std::optional<ModulationSettings> modulation{};
    static constexpr std::string_view name = "open";
    static constexpr std::string_view doc = "new requests come whatever became of earlier ones";
    static constexpr auto fields() {
        return std::tuple{
            field("rate", &OpenLoad::rate, "requests of each client, where there is no trace").from(0).up_to(1'000'000),
            field("arrivals", &OpenLoad::arrivals, "how they are spread in time"),
            field("trace", &OpenLoad::trace, "instead of a rate: what the rate of all clients together was, and when"),
            field("shape", &OpenLoad::shape, "factors of the rate over time, multiplied with each other"),
            field("batch", &OpenLoad::batch,
                  "how many requests a client makes at once; the rate of requests stays what it is"),
            field("modulation", &OpenLoad::modulation, "states between which the rate jumps at random")};
    }
    void check(Problems& problems) const;
    /// Whether requests come at a constant rate, one by one.
    [[nodiscard]] bool is_plain() const noexcept { return trace.empty() && shape.empty() && !batch && !modulation; }
};

/// Requests that so many clients are expected to begin in a run of that length.
[[nodiscard]] double expected_requests(const OpenLoad& load, std::uint32_t clients, Duration run);
/// Points of the curve of its rate, about.
[[nodiscard]] double curve_points(const OpenLoad& load, Duration run);

/// A client thinks, requests, and thinks again only when the request has ended.
struct ClosedLoad {
    std::uint32_t concurrency = 1;
    TimeDistribution think = ExponentialTime{seconds{1}};
    static constexpr std::string_view name = "closed";
    static constexpr std::string_view doc = "a client thinks, requests, waits for the outcome, and thinks again";
    static constexpr auto fields() {
        return std::tuple{
            field("concurrency", &ClosedLoad::concurrency, "such loops in each client").from(1).up_to(10'000),
            field("think", &ClosedLoad::think, "time between an outcome and the next request").required()};
    }
    void check(Problems& problems) const;
};

using Load = std::variant<OpenLoad, ClosedLoad>;

struct ClientSettings {
    std::uint32_t count = 1;
    std::uint32_t groups = 1;
    Load load = OpenLoad{};
    std::string calls;
    std::string endpoint;
    std::vector<std::string> alternatives;
    std::string policy;
    std::optional<ConnectionSettings> connections;
    std::string zone;
    std::uint32_t priority = 0;
    std::vector<Share> priorities;
    std::optional<PatienceSettings> patience;
    static constexpr std::string_view doc = "a population of like clients";
    static constexpr auto fields() {
        return std::tuple{
            field("count", &ClientSettings::count, "how many").required().from(1).up_to(5'000'000),
            field("groups", &ClientSettings::groups,
                  "groups that they are dealt into, for layers of scope group (processes, pods)")
                .from(1)
                .up_to(5'000'000),
            field("load", &ClientSettings::load, "when they request").required(),
            field("calls", &ClientSettings::calls, "the service that they call").required(),
            field("endpoint", &ClientSettings::endpoint,
                  "which of its endpoints; drawn by their weights for each request if left out"),
            field("alternatives", &ClientSettings::alternatives,
                  "services that a policy may send an attempt to instead"),
            field("policy", &ClientSettings::policy, "the stack of policies around each request; none if left out"),
            field("connections", &ClientSettings::connections,
                  "pools of connections to that service; none are needed if left out"),
            field("zone", &ClientSettings::zone, "where they are; the first of network.zones if left out"),
            field("priority", &ClientSettings::priority, "class of their requests: 0 is the most important").up_to(127),
            field("priorities", &ClientSettings::priorities,
                  "share of the requests that are of class 0, 1, …, drawn for each; instead of one class for all"),
            field("patience", &ClientSettings::patience,
                  "people who give up waiting and reload; without it requests are waited for as long as they take")};
    }
    void check(Problems& problems) const;
};

}  // namespace stampede::scenarios
