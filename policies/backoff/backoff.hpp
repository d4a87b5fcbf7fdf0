#pragma once
/// How the nominal delay grows from retry to retry.
///
/// `nominal(retry, limit)` is the delay before retry number `retry` (1 for the first), at most `limit`; `cap` is the
/// largest that it is with the settings' own limit.

#include <cstdint>
#include <variant>
#include <vector>

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
    [[nodiscard]] Duration nominal(std::uint32_t /*retry*/, Duration /*limit*/) const { return delay; }
    [[nodiscard]] Duration cap() const { return delay; }
    [[nodiscard]] Duration limit() const { return longest; }  ///< there is nothing to cap
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
            field("max", &LinearBackoff::max, "largest delay; the retry's cap says whether before or after the jitter")
                .from(0)
                .up_to(86'400)};
    }
    void check(Problems& problems) const;
    [[nodiscard]] Duration nominal(std::uint32_t retry, Duration limit) const;
    [[nodiscard]] Duration cap() const { return max; }
    [[nodiscard]] Duration limit() const { return max; }
};

/// Grows by the same factor with every retry, up to a cap.
struct ExponentialBackoff {
    Duration initial = std::chrono::seconds{1};
    double multiplier = 2;
    Duration max = std::chrono::seconds{60};
    Duration cut_to{};

    static constexpr std::string_view name = "exponential";
    static constexpr std::string_view doc = "initial · multiplier^(n-1) before retry n, at most max";
    static constexpr auto fields() {
        return std::tuple{
            field("initial", &ExponentialBackoff::initial, "delay before the first retry").from(0).up_to(86'400),
            field("multiplier", &ExponentialBackoff::multiplier, "growth from retry to retry").from(1).up_to(100),
            field("max", &ExponentialBackoff::max,
                  "largest delay; the retry's cap says whether before or after the jitter")
                .from(0)
                .up_to(86'400),
            field("cut_to", &ExponentialBackoff::cut_to,
                  "every delay is cut to a whole multiple of it before the next is made from it, as resilience4j does "
                  "with milliseconds; 0 keeps fractions")
                .from(0)
                .up_to(1)};
    }
    void check(Problems& problems) const;
    [[nodiscard]] Duration nominal(std::uint32_t retry, Duration limit) const;
    [[nodiscard]] Duration cap() const { return max; }
    [[nodiscard]] Duration limit() const { return max; }
};

/// Slower than doubling, faster than adding: the ratio of two delays tends to 1.618.
struct FibonacciBackoff {
    Duration initial = std::chrono::seconds{1};
    Duration max = std::chrono::seconds{60};

    static constexpr std::string_view name = "fibonacci";
    static constexpr std::string_view doc = "initial · 1, 1, 2, 3, 5, 8, …, at most max";
    static constexpr auto fields() {
        return std::tuple{
            field("initial", &FibonacciBackoff::initial, "delay before the first two retries").from(0).up_to(86'400),
            field("max", &FibonacciBackoff::max,
                  "largest delay; the retry's cap says whether before or after the jitter")
                .from(0)
                .up_to(86'400)};
    }
    void check(Problems& problems) const;
    [[nodiscard]] Duration nominal(std::uint32_t retry, Duration limit) const;
    [[nodiscard]] Duration cap() const { return max; }
    [[nodiscard]] Duration limit() const { return max; }
};

struct TableBackoff {
    std::vector<Duration> delays;

    static constexpr std::string_view name = "table";
    static constexpr std::string_view doc = "delays from a list, the last of them again and again";
    static constexpr auto fields() {
        return std::tuple{field("delays", &TableBackoff::delays, "before each retry, from 0s to 24h").required()};
    }
    void check(Problems& problems) const;
    [[nodiscard]] Duration nominal(std::uint32_t retry, Duration limit) const;
    [[nodiscard]] Duration cap() const;
    [[nodiscard]] Duration limit() const { return longest; }  ///< there is nothing to cap
};

using Backoff = std::variant<ConstantBackoff, LinearBackoff, ExponentialBackoff, FibonacciBackoff, TableBackoff>;

/// Nominal delay before retry number `retry` (1 for the first), never above `cap(backoff)`.
[[nodiscard]] Duration nominal(const Backoff& backoff, std::uint32_t retry);
/// The same as if there were no cap; at most `longest`.
[[nodiscard]] Duration uncapped(const Backoff& backoff, std::uint32_t retry);
[[nodiscard]] Duration cap(const Backoff& backoff);
/// The cap where it comes after the jitter: of backoffs that have none, `longest`.
[[nodiscard]] Duration limit(const Backoff& backoff);

}  // namespace stampede
