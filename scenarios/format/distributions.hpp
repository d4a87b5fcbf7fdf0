#pragma once
/// Distributions of times: how long a service takes, how long a client thinks.

#include <tuple>
#include <variant>

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

using TimeDistribution = std::variant<ConstantTime, ExponentialTime, UniformTime, LognormalTime>;

/// In seconds.
[[nodiscard]] double mean_of(const TimeDistribution& distribution);

}  // namespace stampede::scenarios
