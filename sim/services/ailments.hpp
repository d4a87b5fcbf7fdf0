#pragma once
/// What faults do to an instance, or to one endpoint of it, by the numbers of their episodes; they may overlap.

#include <cstdint>
#include <optional>

#include "scenarios/format/faults.hpp"
#include "scenarios/format/services.hpp"
#include "sim/kernel/sampler.hpp"
#include "sim/services/afflictions.hpp"

namespace stampede::sim {

/// What a fault adds to the time of calls.
struct AddedLatency {
    Sampler time;
    double calls;     ///< share of the calls that it is added to
    double strength;  ///< share of the time that is added
    bool holds_worker;
};

/// The number of the errors in normal operation among the sources of errors: no fault has it.
inline constexpr std::uint32_t own_errors = ~std::uint32_t{0};

struct Ailments {
    Afflictions<scenarios::OutageMode> outages;           ///< the one begun last decides
    Afflictions<scenarios::ErrorSettings> error_sources;  ///< those in normal operation first
    Afflictions<double> slowdowns;                        ///< factors of service times; they multiply
    Afflictions<AddedLatency> latencies;                  ///< they add up
};

/// What an instance does with calls to one endpoint.
struct EndpointState : Ailments {
    Sampler time;
    std::optional<Sampler> error_time;
    bool has_own_errors;
    double up_to;  ///< share of the weights of this one and those before it

    EndpointState(const scenarios::TimeDistribution& of, double share)
        : time(of), has_own_errors(false), up_to(share) {}
};

}  // namespace stampede::sim
