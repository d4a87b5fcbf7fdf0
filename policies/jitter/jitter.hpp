#pragma once
/// Jitter spreads retries over time. Each strategy is a pure function of what is known when a delay is drawn.
///
/// Where a strategy is said to be capped by itself, the backoff's cap comes after its draw and clients that are deep in
/// their retries all wait the cap: the jitter is lost there. For all others `RetrySettings::cap` decides.

#include <cstdint>
#include <variant>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"
#include "policies/random/stream.hpp"

namespace stampede {

/// What a jitter may look at. None is below zero.
struct DelayRequest {
    Duration nominal;   ///< the backoff's delay; capped, unless the cap comes after the jitter
    Duration base;      ///< the backoff's first delay
    Duration previous;  ///< the delay drawn before this one; `base` at the first retry
    Duration cap;
    std::uint32_t step = 1;  ///< 1 at the first retry
};

/// What a strategy leaves for its next draw in the same call: the delay drawn, or a number of its own in these bits.
using JitterMemory = std::int64_t;

/// Every client waits exactly the nominal delay: those that failed together come back together.
struct NoJitter {
    static constexpr std::string_view name = "none";
    static constexpr std::string_view doc = "the nominal delay exactly: clients that failed together retry together";
    static constexpr auto fields() { return std::tuple{}; }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

/// nominal · U(1 - factor, 1 + factor). With a unit, a whole multiple of it, all from the lowest to the highest equally
/// likely, and at least one: resilience4j's IntervalFunction.ofExponentialRandomBackoff counts milliseconds so.
struct ProportionalJitter {
    Share factor = 0.1;
    Duration unit{};
    static constexpr std::string_view name = "proportional";
    static constexpr std::string_view doc =
        "d ± factor·d (resilience4j 0.5, cenkalti/backoff 0.5, Polly's linear and constant 0.25, Failsafe)";
    static constexpr auto fields() {
        return std::tuple{field("factor", &ProportionalJitter::factor, "largest deviation as a share of the delay"),
                          field("unit", &ProportionalJitter::unit,
                                "delays are whole multiples of it, at least one; 0 leaves them as drawn")
                              .from(0)
                              .up_to(1)};
    }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

/// nominal + U(-spread, spread), not below zero: Failsafe's withJitter(Duration).
struct AbsoluteJitter {
    Duration spread = std::chrono::milliseconds{100};
    static constexpr std::string_view name = "absolute";
    static constexpr std::string_view doc = "d ± spread, the same however long d is (Failsafe's withJitter(Duration))";
    static constexpr auto fields() {
        return std::tuple{
            field("spread", &AbsoluteJitter::spread, "largest deviation from the delay").from(0).up_to(86'400)};
    }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

/// U(0, nominal): "full jitter" of M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
struct FullJitter {
    static constexpr std::string_view name = "full";
    static constexpr std::string_view doc = "U(0, d) (AWS, cockatiel)";
    static constexpr auto fields() { return std::tuple{}; }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

/// nominal/2 + U(0, nominal/2): "equal jitter", same source.
struct EqualJitter {
    static constexpr std::string_view name = "equal";
    static constexpr std::string_view doc = "d/2 + U(0, d/2) (AWS, cockatiel's half; Finagle caps it after the draw)";
    static constexpr auto fields() { return std::tuple{}; }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

/// min(cap, U(base, 3 · previous)): "decorrelated jitter", same source. Ignores the backoff beyond its first delay.
/// Finagle's draws from U(previous, 3 · previous) instead: `from_previous`.
struct DecorrelatedJitter {
    bool from_previous = false;
    static constexpr std::string_view name = "decorrelated";
    static constexpr std::string_view doc =
        "min(cap, U(base, 3·previous)) (AWS); ignores the backoff's growth, capped by itself";
    static constexpr auto fields() {
        return std::tuple{field("from_previous", &DecorrelatedJitter::from_previous,
                                "draws from min(cap, U(previous, 3·previous)) instead, as Finagle does")};
    }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

/// Polly's DelayBackoffType.Exponential with jitter (RetryHelper.cs): at retry n from 0, t = n + U(0, 1),
/// p = growth^t · tanh(√(4t)), delay = (p - p before)/1.4 · base, at most the cap. The sum of the delays up to retry n
/// follows a smooth curve whatever was drawn. cockatiel's decorrelatedJitterGenerator is the same.
struct DecorrelatedV2Jitter {
    double growth = 2;
    static constexpr std::string_view name = "decorrelated_v2";
    static constexpr std::string_view doc =
        "min(cap, base·(p(n+U) - p before)/1.4), p(t) = growth^t·tanh(√4t) (Polly, cockatiel); ignores the backoff's "
        "growth, capped by itself";
    static constexpr auto fields() {
        return std::tuple{
            field("growth", &DecorrelatedV2Jitter::growth, "growth from retry to retry").from(1).up_to(100)};
    }
    [[nodiscard]] Duration draw(const DelayRequest& request, JitterMemory& memory, Stream& stream) const;
};

/// nominal · exp(N(0, sigma)), between base and cap: folly's retryingPolicyCappedJitteredExponentialBackoff.
struct LognormalJitter {
    double sigma = 0.3;
    static constexpr std::string_view name = "lognormal";
    static constexpr std::string_view doc =
        "d·exp(N(0, sigma)), from base to cap (folly's jitter_param); capped by itself";
    static constexpr auto fields() {
        return std::tuple{
            field("sigma", &LognormalJitter::sigma, "standard deviation of the logarithm").from(0).up_to(10)};
    }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

/// U(nominal, growth · nominal) until its end reaches the cap, then U(cap/growth, cap): google-cloud-cpp's
/// ExponentialBackoffPolicy (backoff_policy.cc).
struct RangeJitter {
    double growth = 2;
    static constexpr std::string_view name = "range";
    static constexpr std::string_view doc = "U(d, growth·d), near the cap U(cap/growth, cap) (google-cloud-cpp)";
    static constexpr auto fields() {
        return std::tuple{field("growth", &RangeJitter::growth,
                                "how far the range reaches; the backoff's multiplier makes ranges that touch")
                              .from(1)
                              .up_to(100)};
    }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

/// A whole number of milliseconds from 0 to d - 1 ms: Envoy's JitteredExponentialBackOffStrategy (random % d).
struct EnvoyJitter {
    static constexpr std::string_view name = "envoy";
    static constexpr std::string_view doc = "whole milliseconds, 0 to d - 1 ms (Envoy)";
    static constexpr auto fields() { return std::tuple{}; }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

/// nominal · U(0.8, 1.2): gRFC A6. The cap comes before it.
struct GrpcJitter {
    static constexpr std::string_view name = "grpc";
    static constexpr std::string_view doc = "d ± 20 % (gRPC A6)";
    static constexpr auto fields() { return std::tuple{}; }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

/// Finagle's Backoff.exponentialJittered: base at the first retry, then U(0, previous · 2^(n-1)); once that bound has
/// reached the cap, the cap for ever.
struct FinagleJitter {
    static constexpr std::string_view name = "finagle";
    static constexpr std::string_view doc =
        "U(0, previous·2^(n-1)), from where that reaches the cap on exactly the cap (Finagle's exponentialJittered); "
        "ignores the backoff's growth";
    static constexpr auto fields() { return std::tuple{}; }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

using Jitter =
    std::variant<NoJitter, ProportionalJitter, FullJitter, EqualJitter, DecorrelatedJitter, DecorrelatedV2Jitter,
                 AbsoluteJitter, LognormalJitter, RangeJitter, EnvoyJitter, GrpcJitter, FinagleJitter>;

/// One delay, never below zero. Takes at most one draw from the stream. The memory is the call's own, the same at every
/// retry of it; at the first, `previous` is all that a strategy goes by.
[[nodiscard]] Duration draw(const Jitter& jitter, const DelayRequest& request, JitterMemory& memory, Stream& stream);

/// For strategies that remember nothing but the delay drawn before.
[[nodiscard]] Duration draw(const Jitter& jitter, const DelayRequest& request, Stream& stream);

/// Uniform between two durations, to the nearest nanosecond; cut to `longest`.
[[nodiscard]] Duration uniform(Stream& stream, Duration low, Duration high);

}  // namespace stampede
