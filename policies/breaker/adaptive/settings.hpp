#pragma once
/// A breaker that refuses a share of the calls: its settings.

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"

namespace stampede {

/// A PID controller on the failure rate, as semian's adaptive breaker; names and defaults are its own.
struct AdaptiveSettings {
    double kp = 1;
    double ki = 0.2;
    double kd = 0;
    Duration window = std::chrono::seconds{10};
    Duration every = std::chrono::seconds{1};
    Share dead_zone = 0.25;
    Share ideal = 0.05;
    Share ideal_cap = 0.1;
    Share learn_up = 0.01;
    Share learn_down = 0.1;
    double integral_cap = 10;

    static constexpr std::string_view doc = "refuses a share of the calls that a controller sets by the failure rate";
    static constexpr auto fields() {
        using A = AdaptiveSettings;
        return std::tuple{
            field("kp", &A::kp, "weight of the error").from(0).up_to(1'000),
            field("ki", &A::ki, "weight of its integral over time").from(0).up_to(1'000),
            field("kd", &A::kd, "weight of its change").from(0).up_to(1'000),
            field("window", &A::window, "time that the failure rate is taken over").above(0).up_to(86'400),
            field("every", &A::every, "the share changes at multiples of this time").from(0.001).up_to(86'400),
            field("dead_zone", &A::dead_zone, "a rate within this share of the ideal one is none too many"),
            field("ideal", &A::ideal, "the failure rate that is taken for usual at first"),
            field("ideal_cap", &A::ideal_cap, "what is taken for usual is never above this"),
            field("learn_up", &A::learn_up, "share of the way to a higher rate that the usual one goes each time"),
            field("learn_down", &A::learn_down, "the same to a lower rate"),
            field("integral_cap", &A::integral_cap, "the integral stays within plus and minus this")
                .from(0)
                .up_to(1e6)};
    }
};

}  // namespace stampede
