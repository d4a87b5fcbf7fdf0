#pragma once
/// Jitter spreads retries over time. Each strategy is a pure function of what is known when a delay is drawn.

#include <variant>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"
#include "policies/random/stream.hpp"

namespace stampede {

/// What a jitter may look at. `nominal` is the backoff's delay with the cap already applied. None is below zero.
struct DelayRequest {
    Duration nominal;
    Duration base;      ///< the backoff's first delay
    Duration previous;  ///< the delay drawn before this one; `base` at the first retry
    Duration cap;
};

/// Every client waits exactly the nominal delay: those that failed together come back together.
struct NoJitter {
    static constexpr std::string_view name = "none";
    static constexpr std::string_view doc = "the nominal delay exactly: clients that failed together retry together";
    static constexpr auto fields() { return std::tuple{}; }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

/// nominal · U(1 - factor, 1 + factor). The cap comes before the jitter, so a delay may exceed it by `factor`.
struct ProportionalJitter {
    Share factor = 0.1;
    static constexpr std::string_view name = "proportional";
    static constexpr std::string_view doc = "d ± factor·d, after the cap";
    static constexpr auto fields() {
        return std::tuple{field("factor", &ProportionalJitter::factor, "largest deviation as a share of the delay")};
    }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

/// U(0, nominal): "full jitter" of M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
struct FullJitter {
    static constexpr std::string_view name = "full";
    static constexpr std::string_view doc = "U(0, d)";
    static constexpr auto fields() { return std::tuple{}; }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

/// nominal/2 + U(0, nominal/2): "equal jitter", same source.
struct EqualJitter {
    static constexpr std::string_view name = "equal";
    static constexpr std::string_view doc = "d/2 + U(0, d/2)";
    static constexpr auto fields() { return std::tuple{}; }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

/// min(cap, U(base, 3 · previous)): "decorrelated jitter", same source. Ignores the backoff beyond its first delay.
struct DecorrelatedJitter {
    static constexpr std::string_view name = "decorrelated";
    static constexpr std::string_view doc = "min(cap, U(base, 3·previous)); ignores the backoff's growth";
    static constexpr auto fields() { return std::tuple{}; }
    [[nodiscard]] Duration draw(const DelayRequest& request, Stream& stream) const;
};

using Jitter = std::variant<NoJitter, ProportionalJitter, FullJitter, EqualJitter, DecorrelatedJitter>;

/// One delay, never below zero. Takes at most one draw from the stream.
[[nodiscard]] Duration draw(const Jitter& jitter, const DelayRequest& request, Stream& stream);

/// Uniform between two durations, to the nearest nanosecond; cut to `longest`.
[[nodiscard]] Duration uniform(Stream& stream, Duration low, Duration high);

}  // namespace stampede
