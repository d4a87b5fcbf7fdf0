#pragma once
/// Services: what is called, and what it calls itself.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"
#include "scenarios/format/connections.hpp"
#include "scenarios/format/distributions.hpp"
#include "scenarios/format/queueing.hpp"
#include "scenarios/format/sizes.hpp"
#include "scenarios/format/stress.hpp"

namespace stampede::scenarios {

using std::chrono::milliseconds;
using std::chrono::seconds;

enum class ErrorClass : std::uint8_t { transient, client_error };

[[nodiscard]] constexpr auto choices(ErrorClass) {
    return std::array{
        Choice<ErrorClass>{ErrorClass::transient, "transient", "an error that may pass (5xx)"},
        Choice<ErrorClass>{ErrorClass::client_error, "client_error", "the call itself is wrong (4xx)"},
    };
}

struct ErrorSettings {
    Share rate = 0;
    ErrorClass error_class = ErrorClass::transient;
    std::optional<TimeDistribution> time;
    static constexpr std::string_view doc = "answers that are errors although the service is well";
    static constexpr auto fields() {
        return std::tuple{
            field("rate", &ErrorSettings::rate, "share of answers that are errors"),
            field("class", &ErrorSettings::error_class, "kind of error"),
            field("time", &ErrorSettings::time,
                  "service time of calls that end with an error, whatever causes it; as usual if left out")};
    }
};

/// A kind of calls to a service.
struct EndpointSettings {
    double weight = 1;
    std::optional<TimeDistribution> service_time;
    std::optional<ErrorSettings> errors;
    static constexpr std::string_view doc = "a kind of calls to the service; what it does not say is as the service's";
    static constexpr auto fields() {
        return std::tuple{field("weight", &EndpointSettings::weight,
                                "share of the calls whose caller names no endpoint, beside the weights of the others")
                              .from(0)
                              .up_to(1e9),
                          field("service_time", &EndpointSettings::service_time, "time a worker takes for such a call"),
                          field("errors", &EndpointSettings::errors, "errors in normal operation")};
    }
};

enum class Balancing : std::uint8_t { round_robin, random, least_requests, two_choices };

[[nodiscard]] constexpr auto choices(Balancing) {
    return std::array{
        Choice<Balancing>{Balancing::round_robin, "round_robin", "each instance in turn"},
        Choice<Balancing>{Balancing::random, "random", "any instance, all equally likely"},
        Choice<Balancing>{Balancing::least_requests, "least_requests", "the one with the fewest calls under way"},
        Choice<Balancing>{Balancing::two_choices, "two_choices",
                          "of two drawn at random the one with the fewer calls under way"},
    };
}

enum class CallMoment : std::uint8_t { before, after };

[[nodiscard]] constexpr auto choices(CallMoment) {
    return std::array{
        Choice<CallMoment>{CallMoment::before, "before", "before the service's own work on the call"},
        Choice<CallMoment>{CallMoment::after, "after", "after the service's own work on the call"},
    };
}

/// A call that a service makes to another for every call that it serves.
struct OutgoingCall {
    std::string to;
    std::string endpoint;
    std::vector<std::string> alternatives;
    std::string policy;
    std::optional<ConnectionSettings> connections;
    CallMoment when = CallMoment::after;
    Share probability = 1;
    std::uint32_t count = 1;
    bool parallel = false;
    bool optional = false;
    bool propagate_deadline = false;
    bool propagate_retry = false;
    static constexpr std::string_view doc = "a call that the service makes for each call that it serves";
    static constexpr auto fields() {
        return std::tuple{
            field("to", &OutgoingCall::to, "the service that it calls").required(),
            field("endpoint", &OutgoingCall::endpoint,
                  "which of its endpoints; drawn by their weights for each call if left out"),
            field("alternatives", &OutgoingCall::alternatives, "services that a policy may send an attempt to instead"),
            field("policy", &OutgoingCall::policy,
                  "the stack of policies around it; scope client: each instance has its own; none if left out"),
            field("connections", &OutgoingCall::connections,
                  "a pool of connections for it; scope client: each instance has its own; none are needed if left out"),
            field("when", &OutgoingCall::when, "before or after the service's own work"),
            field("probability", &OutgoingCall::probability, "share of the calls served for which it is made"),
            field("count", &OutgoingCall::count, "so many like calls at once (fan-out)").from(1).up_to(10'000),
            field("parallel", &OutgoingCall::parallel,
                  "begins together with the call before it in the list instead of after that one's end"),
            field("optional", &OutgoingCall::optional,
                  "the service answers as if all were well also where it fails; else it answers with an error "
                  "(transient) once the calls beside it have ended"),
            field("propagate_deadline", &OutgoingCall::propagate_deadline,
                  "hands the deadline of the call served on; is not made when that has passed"),
            field("propagate_retry", &OutgoingCall::propagate_retry,
                  "hands on that the call served is a retry, or was made for one: what a retry's for_retry and a "
                  "priority queue's retries_last go by")};
    }
};

struct ServiceSettings {
    std::uint32_t instances = 1;
    Balancing balancing = Balancing::round_robin;
    std::vector<std::string> zones;
    std::uint32_t workers = 1;
    TimeDistribution service_time = ConstantTime{milliseconds{10}};
    Table<EndpointSettings> endpoints;
    QueueSettings queue;
    std::optional<BacklogSettings> backlog;
    ErrorSettings errors;
    std::vector<OutgoingCall> calls;
    bool holds_worker = true;
    bool cancellable = false;
    std::optional<Size> request_size{};
    std::optional<Size> response_size{};
    std::optional<ProcessorSettings> processor;
    std::optional<ContentionSettings> contention;
    std::optional<ServiceRateLimit> rate_limit;
    std::optional<CacheSettings> cache;
    std::optional<WarmUpSettings> warm_up;
    std::optional<PauseSettings> pauses;
    std::optional<CrashSettings> crash;
    std::optional<AutoscaleSettings> autoscale;
    static constexpr std::string_view doc = "instances behind a balancer, each with workers behind one bounded queue";
    static constexpr auto fields() {
        return std::tuple{
            field("instances", &ServiceSettings::instances, "like instances that share the calls")
                .from(1)
                .up_to(10'000),
            field("balancing", &ServiceSettings::balancing, "which instance an attempt goes to"),
            field("zones", &ServiceSettings::zones, "zones that the instances are dealt to in turn"),
            field("workers", &ServiceSettings::workers, "calls that each instance serves at once")
                .required()
                .from(1)
                .up_to(1'000'000),
            field("service_time", &ServiceSettings::service_time, "time a worker takes for a call").required(),
            field("endpoints", &ServiceSettings::endpoints,
                  "kinds of calls to it, by name, where these differ in time or errors"),
            field("queue", &ServiceSettings::queue, "where calls wait for a worker of their instance"),
            field("backlog", &ServiceSettings::backlog,
                  "where new connections wait to be accepted; each is accepted at once if left out"),
            field("errors", &ServiceSettings::errors, "errors in normal operation"),
            field("calls", &ServiceSettings::calls,
                  "calls to other services for each call served, one after the other unless they say otherwise"),
            field("holds_worker", &ServiceSettings::holds_worker,
                  "whether the worker waits while the service's own calls are under way; else it takes the next call"),
            field("cancellable", &ServiceSettings::cancellable,
                  "whether work ends as soon as it hears that its caller has given up"),
            field("request_size", &ServiceSettings::request_size, "of a call to it; the network's if left out")
                .from(0)
                .up_to(1e12),
            field("response_size", &ServiceSettings::response_size, "of its answer; the network's if left out")
                .from(0)
                .up_to(1e12),
            field("processor", &ServiceSettings::processor, "calls in service share cores; else each worker is one"),
            field("contention", &ServiceSettings::contention, "service times grow with the calls in service"),
            field("rate_limit", &ServiceSettings::rate_limit, "turns away what exceeds a rate"),
            field("cache", &ServiceSettings::cache, "answers some calls without a worker"),
            field("warm_up", &ServiceSettings::warm_up, "instances are slow after a start"),
            field("pauses", &ServiceSettings::pauses, "instances stand still now and then"),
            field("crash", &ServiceSettings::crash, "instances die when their queue grows too long"),
            field("autoscale", &ServiceSettings::autoscale, "instances are added and taken away")};
    }
    void check(Problems& problems) const;
    /// Most instances that there can be at once.
    [[nodiscard]] std::uint32_t most_instances() const noexcept {
        return autoscale ? std::max(instances, autoscale->max) : instances;
    }
};

/// Of service times, in seconds; of a service with endpoints by their weights.
[[nodiscard]] double mean_service_time(const ServiceSettings& service);

}  // namespace stampede::scenarios
