#pragma once
/// How the nominal delay grows from retry to retry.

#include <cstdint>
#include <variant>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"

namespace stampede {

/// Default: 1 s, always.
struct ConstantBackoff {
    Duration delay = std::chrono::seconds{1};

    static constexpr std::string_view name = "constant";
    static constexpr std::string_view doc = "the same delay every time";
    static constexpr auto fields() {
        return std::tuple{field("delay", &ConstantBackoff::delay, "delay before each retry").from(0).up_to(86'400)};
    }
    [[nodiscard]] Duration nominal(std::uint32_t /*retry*/) const { return delay; }
    [[nodiscard]] Duration cap() const { return delay; }
};

/// Grows by the same step with every retry, up to a cap.
struct LinearBackoff {
    Duration initial = std::chrono::seconds{1};
    Duration step = std::chrono::seconds{1};
    Duration max = std::chrono::seconds{60};

    static constexpr std::string_view name = "linear";
    static constexpr std::string_view doc = "initial + (n-1)·step before retry n, at most max";
    static constexpr auto fields() {
        return std::tuple{
            field("initial", &LinearBackoff::initial, "delay before the first retry").from(0).up_to(86'400),
            field("step", &LinearBackoff::step, "added for every further retry").from(0).up_to(86'400),
            field("max", &LinearBackoff::max, "cap; applied before the jitter").from(0).up_to(86'400)};
    }
    void check(Problems& problems) const;
    [[nodiscard]] Duration nominal(std::uint32_t retry) const;
    [[nodiscard]] Duration cap() const { return max; }
};

/// Grows by the same factor with every retry, up to a cap.
struct ExponentialBackoff {
    Duration initial = std::chrono::seconds{1};
    double multiplier = 2;
    Duration max = std::chrono::seconds{60};

    static constexpr std::string_view name = "exponential";
    static constexpr std::string_view doc = "initial · multiplier^(n-1) before retry n, at most max";
    static constexpr auto fields() {
        return std::tuple{
            field("initial", &ExponentialBackoff::initial, "delay before the first retry").from(0).up_to(86'400),
            field("multiplier", &ExponentialBackoff::multiplier, "growth from retry to retry").from(1).up_to(100),
            field("max", &ExponentialBackoff::max, "cap; applied before the jitter").from(0).up_to(86'400)};
    }
    void check(Problems& problems) const;
    [[nodiscard]] Duration nominal(std::uint32_t retry) const;
    [[nodiscard]] Duration cap() const { return max; }
};

using Backoff = std::variant<ConstantBackoff, LinearBackoff, ExponentialBackoff>;

/// Nominal delay before retry number `retry` (1 for the first), never above `cap(backoff)`.
[[nodiscard]] Duration nominal(const Backoff& backoff, std::uint32_t retry);
[[nodiscard]] Duration cap(const Backoff& backoff);

}  // namespace stampede
