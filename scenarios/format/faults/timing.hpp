#pragma once
/// What all faults have in common: when they are on, what they strike, how strong they are.
///
/// A fault is a struct on top of these, in a file of its own, whose `fields()` joins their tables with its own.

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"

namespace stampede::scenarios {

/// When a fault is on. Ranges: up to a week.
struct FaultTiming {
    Duration at{};
    Duration lasts{};
    std::optional<Duration> every{};
    std::optional<std::uint32_t> times{};
};

/// What a fault of services strikes.
struct FaultTarget {
    std::string on{};
    Share share = 1;
};

/// How a fault that can be weaker or stronger comes and goes; at full strength throughout where nothing is said.
struct FaultStrength {
    std::optional<Duration> ramp{};
    std::optional<Duration> period{};
    double most = 1;  ///< what full strength is, from 0 to 1; drawn, not written in a scenario
};

/// Strength changes in so many equal steps, each at what is due in its middle.
inline constexpr int ramp_steps = 20;
inline constexpr int period_steps = 40;

[[nodiscard]] constexpr auto begin_field() {
    return std::tuple{
        field("at", &FaultTiming::at, "start, from the start of the run").required().from(0).up_to(604'800)};
}

[[nodiscard]] constexpr auto repeat_fields() {
    return std::tuple{
        field("every", &FaultTiming::every, "comes again each time that so much has passed since it began; else once")
            .above(0)
            .up_to(604'800),
        field("times", &FaultTiming::times, "how often in all; else as often as it is over within the run").from(1)};
}

/// `lasts` says what `for` means.
[[nodiscard]] constexpr auto timing_fields(std::string_view lasts = "how long") {
    return std::tuple_cat(begin_field(),
                          std::tuple{field("for", &FaultTiming::lasts, lasts).required().above(0).up_to(604'800)},
                          repeat_fields());
}

[[nodiscard]] constexpr auto target_fields() {
    return std::tuple{
        field("on", &FaultTarget::on,
              "a service (\"api\"), one instance of it, counted from 0 (\"api[2]\"), all instances in a zone "
              "(\"zones.east\"), or, of errors, latency, slowdown and outage, one endpoint (\"api/checkout\")")
            .required(),
        field("share", &FaultTarget::share,
              "share of the target's instances that it strikes, the first so many, at least one")};
}

[[nodiscard]] constexpr auto strength_fields() {
    return std::tuple{
        field("ramp", &FaultStrength::ramp,
              "grows to full strength in a straight line over this time, and goes back so at its end (in 20 steps)")
            .above(0)
            .up_to(604'800),
        field("period", &FaultStrength::period,
              "swings as a sine between nothing and full strength, once in this time (in 40 steps)")
            .from(0.001)
            .up_to(604'800)};
}

}  // namespace stampede::scenarios
