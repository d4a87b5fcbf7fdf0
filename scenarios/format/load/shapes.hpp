#pragma once
/// How the rate of an open load changes over time: factors of its rate, which are multiplied with each other.

#include <tuple>
#include <variant>
#include <vector>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"

namespace stampede::scenarios {

/// A week: as long as a run may be.
inline constexpr double longest_run_s = 604'800;
inline constexpr double highest_factor = 1e6;

struct RampShape {
    Duration at{};
    Duration lasts{};
    double from = 0;
    double to = 1;
    static constexpr std::string_view name = "ramp";
    static constexpr std::string_view doc = "grows or shrinks in a straight line: launches, mornings";
    static constexpr auto fields() {
        return std::tuple{field("at", &RampShape::at, "when it begins").from(0).up_to(longest_run_s),
                          field("for", &RampShape::lasts, "how long it takes").required().above(0).up_to(longest_run_s),
                          field("from", &RampShape::from, "factor until it begins").from(0).up_to(highest_factor),
                          field("to", &RampShape::to, "factor once it has ended").from(0).up_to(highest_factor)};
    }
};

struct StepShape {
    Duration at{};
    double factor = 1;
    static constexpr std::string_view name = "step";
    static constexpr std::string_view doc = "is another from one instant on: a customer more, a feature switched on";
    static constexpr auto fields() {
        return std::tuple{field("at", &StepShape::at, "when").required().from(0).up_to(longest_run_s),
                          field("factor", &StepShape::factor, "from then on").required().from(0).up_to(highest_factor)};
    }
};

struct SpikeShape {
    Duration at{};
    Duration lasts{};
    double factor = 1;
    Duration rise{};
    Duration fall{};
    static constexpr std::string_view name = "spike";
    static constexpr std::string_view doc = "is another for a while: a flash crowd, a sale, a push message to everyone";
    static constexpr auto fields() {
        return std::tuple{
            field("at", &SpikeShape::at, "when it begins").required().from(0).up_to(longest_run_s),
            field("for", &SpikeShape::lasts, "how long, rise and fall included")
                .required()
                .above(0)
                .up_to(longest_run_s),
            field("factor", &SpikeShape::factor, "at its height").required().from(0).up_to(highest_factor),
            field("rise", &SpikeShape::rise, "how long it takes to get there, in a straight line")
                .from(0)
                .up_to(longest_run_s),
            field("fall", &SpikeShape::fall, "how long it takes to go back, in a straight line")
                .from(0)
                .up_to(longest_run_s)};
    }
    void check(Problems& problems) const;
};

struct SineShape {
    Duration period{};
    Share amplitude = 0.5;
    Duration at{};
    static constexpr std::string_view name = "sine";
    static constexpr std::string_view doc =
        "swings about 1: days and nights. Drawn with 200 straight lines a period, which are less than 0.02 % off";
    static constexpr auto fields() {
        return std::tuple{
            field("period", &SineShape::period, "from one height to the next")
                .required()
                .from(0.01)
                .up_to(longest_run_s),
            field("amplitude", &SineShape::amplitude,
                  "how far it swings: the factor goes from 1 less to 1 more than this"),
            field("at", &SineShape::at, "a time at which the factor is 1 and grows").from(0).up_to(longest_run_s)};
    }
};

using LoadShape = std::variant<RampShape, StepShape, SpikeShape, SineShape>;

struct TracePoint {
    Duration time{};
    Rate rate{};
    static constexpr std::string_view doc = "a rate that was measured";
    static constexpr auto fields() {
        return std::tuple{
            field("time", &TracePoint::time, "from the start of the run").required().from(0).up_to(longest_run_s),
            field("rate", &TracePoint::rate, "of all clients together, until the time of the next")
                .required()
                .from(0)
                .up_to(1e9)};
    }
};

}  // namespace stampede::scenarios
