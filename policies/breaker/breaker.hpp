#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

/// The last `count` outcomes that count.
struct BreakerWindow {
    std::uint32_t count = 100;

    static constexpr std::string_view doc = "the outcomes that a failure rate is taken over";
    static constexpr auto fields() {
        return std::tuple{field("count", &BreakerWindow::count, "how many of the last outcomes").from(1).up_to(100'000)};
    }
};

struct HalfOpenSettings {
    std::uint32_t calls = 3;

    static constexpr std::string_view doc = "how an open breaker finds out whether the service is back";
    static constexpr auto fields() {
        return std::tuple{field("calls", &HalfOpenSettings::calls,
                                "trial calls let through; all must succeed to close, one failure opens again; "
                                "further calls are refused")
                              .from(1)
                              .up_to(10'000)};
    }
};

/// Opens on consecutive failures, on the failure rate of a window, or on whichever comes first where both are given.
/// With neither it opens on 5 consecutive failures.
struct BreakerSettings {
    Scope scope = Scope::client;
    std::optional<std::uint32_t> failure_threshold;
    std::optional<BreakerWindow> window;
    Share failure_rate = 0.5;
    std::uint32_t minimum_calls = 20;
    Duration open_for = std::chrono::seconds{60};
    HalfOpenSettings half_open;
    OutcomeSet on = service_failures;
    OutcomeSet ignore{Outcome::client_error, Outcome::bulkhead_full, Outcome::breaker_open};

    static constexpr std::string_view name = "breaker";
    static constexpr std::string_view doc = "Circuit breaker: stops calling a service that keeps failing, and tries it again later.";
    static constexpr auto fields() {
        return std::tuple{
            field("scope", &BreakerSettings::scope, "who shares one breaker"),
            field("failure_threshold", &BreakerSettings::failure_threshold,
                  "consecutive failures that open it; 5 where there is no window either")
                .from(1)
                .up_to(100'000),
            field("window", &BreakerSettings::window, "opens on a failure rate over this window"),
            field("failure_rate", &BreakerSettings::failure_rate, "share of failures in the window that opens it (at least)")
                .above(0),
            field("minimum_calls", &BreakerSettings::minimum_calls,
                  "outcomes that must be in the window before the rate means anything")
                .from(1)
                .up_to(100'000),
            field("open_for", &BreakerSettings::open_for, "time it stays open before trial calls").above(0).up_to(86'400),
            field("half_open", &BreakerSettings::half_open, "trial calls"),
            field("on", &BreakerSettings::on, "outcomes that count as failures"),
            field("ignore", &BreakerSettings::ignore, "outcomes that count as neither failure nor success")};
    }
    void check(Problems& problems) const;
};

}  // namespace stampede
