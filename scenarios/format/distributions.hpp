#pragma once
/// Distributions of times: how long a service takes, how long a client thinks.

#include <cstdint>
#include <tuple>
#include <variant>
#include <vector>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"

namespace stampede::scenarios {

struct ConstantTime {
    Duration value{};
    static constexpr std::string_view name = "constant";
    static constexpr std::string_view doc = "always the same";
    static constexpr auto fields() {
        return std::tuple{field("value", &ConstantTime::value, "the time").required().from(0).up_to(86'400)};
    }
};

struct ExponentialTime {
    Duration mean{};
    static constexpr std::string_view name = "exponential";
    static constexpr std::string_view doc = "memoryless; standard deviation equal to the mean";
    static constexpr auto fields() {
        return std::tuple{field("mean", &ExponentialTime::mean, "mean").required().above(0).up_to(86'400)};
    }
};

struct UniformTime {
    Duration min{};
    Duration max{};
    static constexpr std::string_view name = "uniform";
    static constexpr std::string_view doc = "equally likely anywhere between min and max";
    static constexpr auto fields() {
        return std::tuple{field("min", &UniformTime::min, "shortest").required().from(0).up_to(86'400),
                          field("max", &UniformTime::max, "longest").required().from(0).up_to(86'400)};
    }
    void check(Problems& problems) const;
};

struct LognormalTime {
    Duration median{};
    Duration p99{};
    static constexpr std::string_view name = "lognormal";
    static constexpr std::string_view doc = "mostly near the median, with a long tail: the usual shape of latencies";
    static constexpr auto fields() {
        return std::tuple{field("median", &LognormalTime::median, "half are faster").required().above(0).up_to(86'400),
                          field("p99", &LognormalTime::p99, "99 % are faster").required().above(0).up_to(86'400)};
    }
    void check(Problems& problems) const;
};

struct GammaTime {
    Duration mean{};
    double shape = 1;
    static constexpr std::string_view name = "gamma";
    static constexpr std::string_view doc =
        "a sum of stages: shape 1 is exponential, larger ones are more even (standard deviation = mean / sqrt(shape))";
    static constexpr auto fields() {
        return std::tuple{
            field("mean", &GammaTime::mean, "mean").required().above(0).up_to(86'400),
            field("shape", &GammaTime::shape, "stages; need not be whole").required().from(0.01).up_to(1e6)};
    }
};

struct ParetoTime {
    Duration min{};
    double alpha = 2.5;
    static constexpr std::string_view name = "pareto";
    static constexpr std::string_view doc =
        "a heavy tail: the share above x is (min / x)^alpha; the variance is infinite for alpha up to 2";
    static constexpr auto fields() {
        return std::tuple{
            field("min", &ParetoTime::min, "shortest").required().above(0).up_to(86'400),
            field("alpha", &ParetoTime::alpha, "how fast the tail falls").required().above(1).up_to(1000)};
    }
};

struct WeibullTime {
    Duration scale{};
    double shape = 1;
    static constexpr std::string_view name = "weibull";
    static constexpr std::string_view doc =
        "1 - exp(-(x / scale)^shape): a tail longer than exponential for a shape below 1, shorter above";
    static constexpr auto fields() {
        return std::tuple{field("scale", &WeibullTime::scale, "63 % are faster").required().above(0).up_to(86'400),
                          field("shape", &WeibullTime::shape, "1 is exponential").required().from(0.1).up_to(1000)};
    }
};

struct BimodalTime {
    Duration fast{};
    Duration slow{};
    Share slow_share = 0.1;
    static constexpr std::string_view name = "bimodal";
    static constexpr std::string_view doc = "one of two times, as with a hit or a miss of a cache";
    static constexpr auto fields() {
        return std::tuple{field("fast", &BimodalTime::fast, "the usual time").required().from(0).up_to(86'400),
                          field("slow", &BimodalTime::slow, "the other").required().from(0).up_to(86'400),
                          field("slow_share", &BimodalTime::slow_share, "how often it is the other").required()};
    }
};

/// So many measured times of one length.
struct CountedTime {
    Duration value{};
    std::uint64_t count = 1;
    static constexpr std::string_view doc = "a time, and how often it was measured";
    static constexpr auto fields() {
        return std::tuple{field("value", &CountedTime::value, "the time").required().from(0).up_to(86'400),
                          field("count", &CountedTime::count, "how often").required().from(0).up_to(1e15)};
    }
};

struct EmpiricalTime {
    std::vector<Duration> values;
    std::vector<CountedTime> histogram{};
    static constexpr std::string_view name = "empirical";
    static constexpr std::string_view doc = "one of the times that were measured, each as likely as it was often";
    static constexpr auto fields() {
        return std::tuple{
            field("values", &EmpiricalTime::values, "the times; one that is listed twice is twice as likely"),
            field("histogram", &EmpiricalTime::histogram, "instead: each time with how often it was measured")};
    }
    void check(Problems& problems) const;
};

/// What a mixture can be made of.
using PlainTime = std::variant<ConstantTime, ExponentialTime, UniformTime, LognormalTime, GammaTime, ParetoTime,
                               WeibullTime, BimodalTime, EmpiricalTime>;

struct MixturePart {
    double weight = 1;
    PlainTime time;
    static constexpr std::string_view doc = "a part of a mixture";
    static constexpr auto fields() {
        return std::tuple{field("weight", &MixturePart::weight, "how likely beside the weights of the others")
                              .required()
                              .above(0)
                              .up_to(1e9),
                          field("time", &MixturePart::time, "its distribution").required()};
    }
};

struct MixtureTime {
    std::vector<MixturePart> parts;
    static constexpr std::string_view name = "mixture";
    static constexpr std::string_view doc = "one of several distributions, by weight: several kinds of calls in one";
    static constexpr auto fields() {
        return std::tuple{field("parts", &MixtureTime::parts, "at least one").required()};
    }
    void check(Problems& problems) const;
};

using TimeDistribution = std::variant<ConstantTime, ExponentialTime, UniformTime, LognormalTime, GammaTime, ParetoTime,
                                      WeibullTime, BimodalTime, EmpiricalTime, MixtureTime>;

/// In seconds.
[[nodiscard]] double mean_of(const TimeDistribution& distribution);

}  // namespace stampede::scenarios
