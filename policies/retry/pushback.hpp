#pragma once
/// What a retry makes of the time that the service asked for: HTTP's Retry-After, gRPC's pushback.

#include <variant>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"

namespace stampede {

struct IgnorePushback {
    static constexpr std::string_view name = "ignore";
    static constexpr std::string_view doc = "the backoff decides, whatever the service says";
    static constexpr auto fields() { return std::tuple{}; }
};

/// Those that were turned away at one instant come back at one instant.
struct ExactPushback {
    bool restarts = false;

    static constexpr std::string_view name = "exact";
    static constexpr std::string_view doc =
        "waits exactly as long as it was told (Microsoft's HTTP handler, gRPC): clients told the same come together";
    static constexpr auto fields() {
        return std::tuple{
            field("restarts", &ExactPushback::restarts, "the backoff begins anew after it, as gRPC's does")};
    }
};

/// Envoy's rate_limited_retry_back_off: U[t, 1.5 t).
struct SpreadPushback {
    double share = 0.5;
    Duration max = std::chrono::seconds{300};

    static constexpr std::string_view name = "spread";
    static constexpr std::string_view doc = "waits U(t, t + share·t) where t is what it was told (Envoy)";
    static constexpr auto fields() {
        return std::tuple{
            field("share", &SpreadPushback::share, "how much longer at most").from(0).up_to(10),
            field("max", &SpreadPushback::max, "where it was told more, the backoff decides").above(0).up_to(86'400)};
    }
};

/// The jitter is drawn around what the service said, as failsafe-go does.
struct JitteredPushback {
    static constexpr std::string_view name = "jittered";
    static constexpr std::string_view doc = "waits what it was told, spread by the retry's own jitter (failsafe-go)";
    static constexpr auto fields() { return std::tuple{}; }
};

/// AWS SDKs, standard mode 2.1: the drawn delay is brought into [t, t + 5 s].
struct ClampedPushback {
    Duration slack = std::chrono::seconds{5};

    static constexpr std::string_view name = "clamped";
    static constexpr std::string_view doc =
        "waits as the backoff says, but not less than it was told, and at most slack more (AWS SDKs)";
    static constexpr auto fields() {
        return std::tuple{field("slack", &ClampedPushback::slack, "how much longer at most").from(0).up_to(86'400)};
    }
};

using PushbackRule = std::variant<IgnorePushback, ExactPushback, SpreadPushback, JitteredPushback, ClampedPushback>;

}  // namespace stampede
