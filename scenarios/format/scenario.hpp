#pragma once
/// A scenario as it was meant: what the reader makes of a file, and what the simulator runs.
/// The tables beside the fields are all that reader, schema and documentation know.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"
#include "policies/stack.hpp"
#include "scenarios/format/distributions.hpp"
#include "scenarios/format/thresholds.hpp"

namespace stampede::scenarios {

using std::chrono::milliseconds;
using std::chrono::seconds;

// ── Services ─────────────────────────────────────────────────────────────────────────────────────────────────────

enum class ErrorClass : std::uint8_t { transient, client_error };

[[nodiscard]] constexpr auto choices(ErrorClass) {
    return std::array{
        Choice<ErrorClass>{ErrorClass::transient, "transient", "an error that may pass (5xx)"},
        Choice<ErrorClass>{ErrorClass::client_error, "client_error", "the call itself is wrong (4xx)"},
    };
}

struct QueueSettings {
    std::uint32_t limit = 1000;
    static constexpr std::string_view doc = "first in, first out; a call that finds it full is rejected as overload";
    static constexpr auto fields() {
        return std::tuple{field("limit", &QueueSettings::limit, "calls that may wait, those in service not counted")
                              .from(0)
                              .up_to(10'000'000)};
    }
};

struct ErrorSettings {
    Share rate = 0;
    ErrorClass error_class = ErrorClass::transient;
    static constexpr std::string_view doc = "answers that are errors although the service is well";
    static constexpr auto fields() {
        return std::tuple{field("rate", &ErrorSettings::rate, "share of answers that are errors"),
                          field("class", &ErrorSettings::error_class, "kind of error")};
    }
};

struct ServiceSettings {
    std::uint32_t workers = 1;
    TimeDistribution service_time = ConstantTime{milliseconds{10}};
    QueueSettings queue;
    ErrorSettings errors;
    static constexpr std::string_view doc =
        "workers behind one bounded queue; work on calls whose client has given up goes on to its end";
    static constexpr auto fields() {
        return std::tuple{
            field("workers", &ServiceSettings::workers, "calls served at once").required().from(1).up_to(1'000'000),
            field("service_time", &ServiceSettings::service_time, "time a worker takes for a call").required(),
            field("queue", &ServiceSettings::queue, "where calls wait for a worker"),
            field("errors", &ServiceSettings::errors, "errors in normal operation")};
    }
};

// ── Network ──────────────────────────────────────────────────────────────────────────────────────────────────────

struct NetworkSettings {
    Duration latency = milliseconds{1};
    Duration jitter{};
    Share loss = 0;
    static constexpr std::string_view doc = "between clients and services, in each direction";
    static constexpr auto fields() {
        return std::tuple{
            field("latency", &NetworkSettings::latency, "one-way delay").from(0).up_to(3600),
            field("jitter", &NetworkSettings::jitter, "each message's delay is latency ± this, uniformly")
                .from(0)
                .up_to(3600),
            field("loss", &NetworkSettings::loss, "share of messages that never arrive, in either direction")};
    }
    void check(Problems& problems) const;
};

// ── Clients ──────────────────────────────────────────────────────────────────────────────────────────────────────

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
    static constexpr std::string_view name = "open";
    static constexpr std::string_view doc = "new requests come whatever became of earlier ones";
    static constexpr auto fields() {
        return std::tuple{
            field("rate", &OpenLoad::rate, "requests of each client").required().above(0).up_to(1'000'000),
            field("arrivals", &OpenLoad::arrivals, "how they are spread in time")};
    }
};

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
    Load load = OpenLoad{Rate{1}, Arrivals::poisson};
    std::string calls;
    std::string policy;
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
            field("policy", &ClientSettings::policy, "the stack of policies around each request; none if left out")};
    }
    void check(Problems& problems) const;
};

// ── Faults ───────────────────────────────────────────────────────────────────────────────────────────────────────

enum class OutageMode : std::uint8_t { refuse, blackhole, error };

[[nodiscard]] constexpr auto choices(OutageMode) {
    return std::array{
        Choice<OutageMode>{OutageMode::refuse, "refuse", "connections are refused at once (unavailable)"},
        Choice<OutageMode>{OutageMode::blackhole, "blackhole", "calls vanish: clients see only their timeouts"},
        Choice<OutageMode>{OutageMode::error, "error", "every call is answered at once with an error (transient)"},
    };
}

struct OutageFault {
    Duration at{};
    Duration lasts{};
    std::string on;
    OutageMode mode = OutageMode::refuse;
    static constexpr std::string_view name = "outage";
    static constexpr std::string_view doc = "the service takes no new calls; what is queued or in service carries on";
    static constexpr auto fields() {
        return std::tuple{
            field("at", &OutageFault::at, "start, from the start of the run").required().from(0).up_to(604'800),
            field("for", &OutageFault::lasts, "how long").required().above(0).up_to(604'800),
            field("on", &OutageFault::on, "service").required(), field("mode", &OutageFault::mode, "how it shows")};
    }
};

struct ErrorBurstFault {
    Duration at{};
    Duration lasts{};
    std::string on;
    Share rate = 0.5;
    ErrorClass error_class = ErrorClass::transient;
    static constexpr std::string_view name = "errors";
    static constexpr std::string_view doc = "a share of the answers are errors, after the usual service time";
    static constexpr auto fields() {
        return std::tuple{
            field("at", &ErrorBurstFault::at, "start, from the start of the run").required().from(0).up_to(604'800),
            field("for", &ErrorBurstFault::lasts, "how long").required().above(0).up_to(604'800),
            field("on", &ErrorBurstFault::on, "service").required(),
            field("rate", &ErrorBurstFault::rate, "share of answers, on top of the service's own"),
            field("class", &ErrorBurstFault::error_class, "kind of error")};
    }
};

struct SlowdownFault {
    Duration at{};
    Duration lasts{};
    std::string on;
    double factor = 2;
    static constexpr std::string_view name = "slowdown";
    static constexpr std::string_view doc = "service times are longer by a factor";
    static constexpr auto fields() {
        return std::tuple{
            field("at", &SlowdownFault::at, "start, from the start of the run").required().from(0).up_to(604'800),
            field("for", &SlowdownFault::lasts, "how long").required().above(0).up_to(604'800),
            field("on", &SlowdownFault::on, "service").required(),
            field("factor", &SlowdownFault::factor, "service times of calls begun meanwhile are multiplied by it")
                .required()
                .above(0)
                .up_to(1'000'000)};
    }
};

using Fault = std::variant<OutageFault, ErrorBurstFault, SlowdownFault>;

// ── The run ──────────────────────────────────────────────────────────────────────────────────────────────────────

struct RunSettings {
    Duration duration = seconds{60};
    Duration warmup{};
    std::uint32_t seeds = 10;
    Duration bin = milliseconds{100};
    double max_requests = 200e6;
    static constexpr std::string_view doc = "how long, how often, and what is left out";
    static constexpr auto fields() {
        return std::tuple{
            field("duration", &RunSettings::duration,
                  "simulated time; what has not ended by then is counted as running")
                .required()
                .above(0)
                .up_to(604'800),
            field("warmup", &RunSettings::warmup, "requests that start before this time are not measured")
                .from(0)
                .up_to(604'800),
            field("seeds", &RunSettings::seeds, "runs with seeds 1 to this number, unless --seeds says otherwise")
                .from(1)
                .up_to(100'000),
            field("bin", &RunSettings::bin, "width of the bins of time series").from(0.001).up_to(60),
            field("max_requests", &RunSettings::max_requests,
                  "a scenario expected to make more requests than this is refused: a guard against a slip of a unit")
                .above(0)
                .up_to(1e10)};
    }
    void check(Problems& problems) const;
};

// ── All of it ────────────────────────────────────────────────────────────────────────────────────────────────────

struct Scenario {
    std::uint32_t version = 1;  ///< of the format
    std::string name;
    std::string description;
    RunSettings run;
    Table<ServiceSettings> services;
    NetworkSettings network;
    Table<StackSettings> policies;
    Table<ClientSettings> clients;
    std::vector<Fault> faults;
    std::vector<Threshold> thresholds;

    static constexpr std::string_view doc = "clients, their policies, the services that they call, and what goes wrong";
    static constexpr auto fields() {
        return std::tuple{
            field("stampede", &Scenario::version, "version of the format").required().from(1).up_to(1),
            field("name", &Scenario::name, "what reports call it"),
            field("description", &Scenario::description, "what it is about"),
            field("run", &Scenario::run, "how long, how often, and what is left out").required(),
            field("services", &Scenario::services, "what is called, by name").required(),
            field("network", &Scenario::network, "between clients and services"),
            field("policies", &Scenario::policies, "stacks of layers by name, each outermost first"),
            field("clients", &Scenario::clients, "populations of clients, by name").required(),
            field("faults", &Scenario::faults, "what goes wrong, and when"),
            field("thresholds", &Scenario::thresholds, "conditions on metrics; a run that breaks one fails")};
    }
    /// Keys of a file that are not part of the scenario itself: see `Document::variants`.
    static constexpr std::array<std::string_view, 2> beside{"$schema", "variants"};
};

/// Requests that all clients together are expected to begin in one run. For closed loops it is what they would do if
/// every answer came at once, so no run makes more.
[[nodiscard]] double expected_requests(const Scenario& scenario);

}  // namespace stampede::scenarios
