#pragma once
/// What goes wrong, and when.

#include <cstdint>
#include <string>
#include <variant>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"
#include "scenarios/format/services.hpp"

namespace stampede::scenarios {

inline constexpr std::string_view fault_target_doc =
    "a service (\"api\"), one instance of it, counted from 0 (\"api[2]\"), or all instances in a zone (\"zones.east\")";
inline constexpr std::string_view fault_share_doc =
    "share of the target's instances that it strikes, the first so many, at least one";

enum class OutageMode : std::uint8_t { refuse, blackhole, error };

[[nodiscard]] constexpr auto choices(OutageMode) {
    return std::array{
        Choice<OutageMode>{OutageMode::refuse, "refuse", "connections are refused at once (unavailable)"},
        Choice<OutageMode>{OutageMode::blackhole, "blackhole", "calls vanish: clients see only their timeouts"},
        Choice<OutageMode>{OutageMode::error, "error", "every call is answered at once with an error (transient)"},
    };
}

struct OutageFault {
    Duration at{};
    Duration lasts{};
    std::string on;
    OutageMode mode = OutageMode::refuse;
    Share share = 1;
    static constexpr std::string_view name = "outage";
    static constexpr std::string_view doc = "the service takes no new calls; what is queued or in service carries on";
    static constexpr auto fields() {
        return std::tuple{
            field("at", &OutageFault::at, "start, from the start of the run").required().from(0).up_to(604'800),
            field("for", &OutageFault::lasts, "how long").required().above(0).up_to(604'800),
            field("on", &OutageFault::on, fault_target_doc).required(),
            field("mode", &OutageFault::mode, "how it shows"), field("share", &OutageFault::share, fault_share_doc)};
    }
};

struct ErrorBurstFault {
    Duration at{};
    Duration lasts{};
    std::string on;
    Share rate = 0.5;
    ErrorClass error_class = ErrorClass::transient;
    Share share = 1;
    static constexpr std::string_view name = "errors";
    static constexpr std::string_view doc = "a share of the answers are errors, after the usual service time";
    static constexpr auto fields() {
        return std::tuple{
            field("at", &ErrorBurstFault::at, "start, from the start of the run").required().from(0).up_to(604'800),
            field("for", &ErrorBurstFault::lasts, "how long").required().above(0).up_to(604'800),
            field("on", &ErrorBurstFault::on, fault_target_doc).required(),
            field("rate", &ErrorBurstFault::rate, "share of answers, on top of the service's own"),
            field("class", &ErrorBurstFault::error_class, "kind of error"),
            field("share", &ErrorBurstFault::share, fault_share_doc)};
    }
};

struct SlowdownFault {
    Duration at{};
    Duration lasts{};
    std::string on;
    double factor = 2;
    Share share = 1;
    static constexpr std::string_view name = "slowdown";
    static constexpr std::string_view doc = "service times are longer by a factor";
    static constexpr auto fields() {
        return std::tuple{
            field("at", &SlowdownFault::at, "start, from the start of the run").required().from(0).up_to(604'800),
            field("for", &SlowdownFault::lasts, "how long").required().above(0).up_to(604'800),
            field("on", &SlowdownFault::on, fault_target_doc).required(),
            field("factor", &SlowdownFault::factor, "service times of calls begun meanwhile are multiplied by it")
                .required()
                .above(0)
                .up_to(1'000'000),
            field("share", &SlowdownFault::share, fault_share_doc)};
    }
};

using Fault = std::variant<OutageFault, ErrorBurstFault, SlowdownFault>;

}  // namespace stampede::scenarios
