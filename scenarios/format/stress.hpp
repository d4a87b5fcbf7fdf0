#pragma once
/// What services do besides serving at their usual speed: under load, after a start, now and then.

#include <cstdint>
#include <optional>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"
#include "scenarios/format/distributions.hpp"

namespace stampede::scenarios {

struct ContentionSettings {
    std::uint32_t above = 0;
    double slope = 0;
    static constexpr std::string_view doc = "service times grow with the calls in service";
    static constexpr auto fields() {
        return std::tuple{
            field("above", &ContentionSettings::above, "calls in service up to which nothing is felt (the knee)")
                .up_to(1'000'000),
            field("slope", &ContentionSettings::slope,
                  "a call begun beside n others beyond that takes 1 + slope · n times its usual time")
                .required()
                .above(0)
                .up_to(1000)};
    }
};

struct CrashSettings {
    std::uint32_t at_queue = 0;
    Duration restart = std::chrono::seconds{10};
    static constexpr std::string_view doc = "an instance whose queue grows too long dies and starts anew";
    static constexpr auto fields() {
        return std::tuple{
            field("at_queue", &CrashSettings::at_queue,
                  "calls waiting at which it dies: all its calls end with reset, and it refuses connections")
                .required()
                .from(1)
                .up_to(10'000'000),
            field("restart", &CrashSettings::restart, "time until it is up again").above(0).up_to(86'400)};
    }
};

struct WarmUpSettings {
    Duration lasts = std::chrono::seconds{30};
    double factor = 2;
    bool at_start = false;
    static constexpr std::string_view doc = "an instance is slow after its start";
    static constexpr auto fields() {
        return std::tuple{
            field("for", &WarmUpSettings::lasts, "until it has its usual speed").required().above(0).up_to(86'400),
            field("factor", &WarmUpSettings::factor, "service times at first; falls to 1 in a straight line")
                .from(1)
                .up_to(1000),
            field("at_start", &WarmUpSettings::at_start, "whether the run begins with a start")};
    }
};

struct PauseSettings {
    Duration every = std::chrono::seconds{10};
    TimeDistribution lasts = ConstantTime{std::chrono::milliseconds{100}};
    static constexpr std::string_view doc = "now and then an instance stops altogether, as for garbage collection";
    static constexpr auto fields() {
        return std::tuple{field("every", &PauseSettings::every,
                                "mean time between two pauses, each instance on its own (exponential)")
                              .required()
                              .from(0.001)
                              .up_to(86'400),
                          field("for", &PauseSettings::lasts, "how long").required()};
    }
};

struct CacheSettings {
    Share hit_rate = 0;
    Duration time = std::chrono::milliseconds{1};
    Duration warms_in{};
    bool cold_start = false;
    static constexpr std::string_view doc = "in front of each instance: hits need no worker";
    static constexpr auto fields() {
        return std::tuple{
            field("hit_rate", &CacheSettings::hit_rate, "share of calls that it answers when it is warm").required(),
            field("time", &CacheSettings::time, "until such an answer").from(0).up_to(3600),
            field(
                "warms_in", &CacheSettings::warms_in,
                "time constant of its filling after a start: 63 % of its hits are back after this time (about the time "
                "to live of its entries)")
                .from(0)
                .up_to(604'800),
            field("cold_start", &CacheSettings::cold_start, "whether the run begins with it empty")};
    }
};

struct ServiceRateLimit {
    Rate rate{};
    std::uint32_t burst = 1;
    std::optional<Duration> retry_after;
    static constexpr std::string_view doc =
        "each instance takes so many calls a second, and answers 429 (overload) to more";
    static constexpr auto fields() {
        return std::tuple{
            field("rate", &ServiceRateLimit::rate, "calls in the long run").required().above(0).up_to(1e9),
            field("burst", &ServiceRateLimit::burst, "calls at once after a quiet time").from(1).up_to(10'000'000),
            field("retry_after", &ServiceRateLimit::retry_after,
                  "what it says on when to come back, in whole tenths of a second")
                .from(0.1)
                .up_to(6500)};
    }
};

struct AutoscaleSettings {
    std::uint32_t max = 1;
    double target = 0.6;
    Duration period = std::chrono::seconds{15};
    Duration start_up = std::chrono::seconds{30};
    Duration cool_down = std::chrono::seconds{60};
    static constexpr std::string_view doc =
        "instances are added and taken away by utilisation: wanted = running · utilisation / target, rounded up";
    static constexpr auto fields() {
        return std::tuple{
            field("max", &AutoscaleSettings::max,
                  "most instances; `instances` is the least, and what the run begins with")
                .required()
                .from(1)
                .up_to(10'000),
            field("target", &AutoscaleSettings::target, "utilisation of workers aimed at").above(0).up_to(1),
            field("period", &AutoscaleSettings::period, "utilisation is measured, and decided on, once in so long")
                .from(0.1)
                .up_to(3600),
            field("start_up", &AutoscaleSettings::start_up, "from the decision until a new instance takes calls")
                .from(0)
                .up_to(86'400),
            field("cool_down", &AutoscaleSettings::cool_down, "no instance is taken away so long after the last change")
                .from(0)
                .up_to(86'400)};
    }
};

enum class ProcessorModel : std::uint8_t { virtual_time, simgrid };

[[nodiscard]] constexpr auto choices(ProcessorModel) {
    return std::array{
        Choice<ProcessorModel>{ProcessorModel::virtual_time, "virtual_time", "worked out here, at any number of calls"},
        Choice<ProcessorModel>{ProcessorModel::simgrid, "simgrid",
                               "as work on a SimGrid host with so many cores; slower the more calls are in service"},
    };
}

struct ProcessorSettings {
    double cores = 1;
    ProcessorModel model = ProcessorModel::virtual_time;
    static constexpr std::string_view doc =
        "calls in service share cores equally, none uses more than one; `workers` bounds how many are in service";
    static constexpr auto fields() {
        return std::tuple{field("cores", &ProcessorSettings::cores, "how many; each has the usual speed")
                              .required()
                              .from(0.01)
                              .up_to(100'000),
                          field("model", &ProcessorSettings::model, "who works it out; the times are the same")};
    }
    void check(Problems& problems) const;
};

}  // namespace stampede::scenarios
