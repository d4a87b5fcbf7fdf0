#pragma once
/// Outlier ejection: hosts that do worse than they should get no calls for a while.

#include <cstdint>
#include <optional>
#include <vector>

#include "policies/core/outcome.hpp"
#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"
#include "policies/random/stream.hpp"

namespace stampede {

struct SuccessRateEjection {
    double stdev_factor = 1.9;
    Share enforcing = 1;
    std::uint32_t minimum_hosts = 5;
    std::uint32_t minimum_calls = 100;

    static constexpr std::string_view doc = "hosts whose success rate is far below that of the others";
    static constexpr auto fields() {
        return std::tuple{
            field("stdev_factor", &SuccessRateEjection::stdev_factor,
                  "how many standard deviations of the hosts' success rates below their mean")
                .from(0)
                .up_to(100),
            field("enforcing", &SuccessRateEjection::enforcing, "share of such hosts that are ejected"),
            field("minimum_hosts", &SuccessRateEjection::minimum_hosts, "hosts with enough calls that it takes")
                .from(1)
                .up_to(65'535),
            field("minimum_calls", &SuccessRateEjection::minimum_calls, "calls of a host in an interval that it takes")
                .from(1)
                .up_to(1'000'000)};
    }
};

struct FailureShareEjection {
    Share threshold = 0.85;
    Share enforcing = 1;
    std::uint32_t minimum_hosts = 5;
    std::uint32_t minimum_calls = 50;

    static constexpr std::string_view doc = "hosts with at least this share of failures";
    static constexpr auto fields() {
        return std::tuple{
            field("threshold", &FailureShareEjection::threshold, "share of failures in an interval"),
            field("enforcing", &FailureShareEjection::enforcing, "share of such hosts that are ejected"),
            field("minimum_hosts", &FailureShareEjection::minimum_hosts, "hosts with enough calls that it takes")
                .from(1)
                .up_to(65'535),
            field("minimum_calls", &FailureShareEjection::minimum_calls, "calls of a host in an interval that it takes")
                .from(1)
                .up_to(1'000'000)};
    }
};

/// Names and defaults follow Envoy's outlier_detection.
struct EjectionSettings {
    std::optional<std::uint32_t> consecutive_failures = 5;
    Share enforcing_consecutive = 1;
    std::optional<SuccessRateEjection> success_rate{};
    std::optional<FailureShareEjection> failure_share{};
    Duration interval = std::chrono::seconds{10};
    Duration base_time = std::chrono::seconds{30};
    Duration max_time = std::chrono::seconds{300};
    Duration jitter{};
    Share max_ejected = 0.1;
    bool at_least_one = false;
    bool may_exceed = false;
    OutcomeSet on = service_failures;

    static constexpr std::string_view doc = "hosts that do badly get no calls for a while";
    static constexpr auto fields() {
        return std::tuple{
            field("consecutive_failures", &EjectionSettings::consecutive_failures,
                  "failures in a row that eject a host at once")
                .from(1)
                .up_to(1'000'000),
            field("enforcing_consecutive", &EjectionSettings::enforcing_consecutive,
                  "share of such hosts that are ejected"),
            field("success_rate", &EjectionSettings::success_rate, "ejects by success rate, every interval"),
            field("failure_share", &EjectionSettings::failure_share, "ejects by share of failures, every interval"),
            field("interval", &EjectionSettings::interval,
                  "time between looks at the hosts; only then do ejected ones come back")
                .above(0)
                .up_to(86'400),
            field("base_time", &EjectionSettings::base_time,
                  "time of a host's first ejection; times as often as it was ejected, less one for each good interval")
                .above(0)
                .up_to(86'400),
            field("max_time", &EjectionSettings::max_time, "longest time, but for jitter; at least base_time")
                .above(0)
                .up_to(604'800),
            field("jitter", &EjectionSettings::jitter, "added to the time, at random up to this").from(0).up_to(86'400),
            field("max_ejected", &EjectionSettings::max_ejected,
                  "share of the hosts that may be ejected at once: with 0.1 and fewer than 10 hosts none is"),
            field("at_least_one", &EjectionSettings::at_least_one, "one host may be ejected whatever that share is"),
            field("may_exceed", &EjectionSettings::may_exceed,
                  "a host may be ejected while that share is not reached, also if it is exceeded then"),
            field("on", &EjectionSettings::on, "outcomes that count as failures")};
    }
};

/// What is known of the hosts, and who of them is ejected. Sources: Envoy's outlier detection; gRPC's A50.
class Ejection {
public:
    Ejection(const EjectionSettings& settings, std::uint32_t hosts);

    /// To be told of the time before anything else: looks at the hosts where an interval is over.
    void advance(Instant now, Stream& random);
    void ended(std::uint32_t host, Outcome outcome, Instant now, Stream& random);
    [[nodiscard]] bool is_ejected(std::uint32_t host) const noexcept { return hosts_[host].ejected; }
    [[nodiscard]] std::uint32_t ejected() const noexcept { return ejected_; }

private:
    struct Host {
        bool ejected = false;
        std::uint32_t consecutive = 0;
        std::uint32_t times = 0;  ///< ejected, less the good intervals since
        std::uint32_t calls = 0;  ///< in this interval
        std::uint32_t failures = 0;
        Instant back{};
    };

    void look(Instant now, Stream& random);
    void eject(Host& host, Share enforcing, Instant now, Stream& random);
    void by_success_rate(const SuccessRateEjection& rule, Instant now, Stream& random);
    void by_failure_share(const FailureShareEjection& rule, Instant now, Stream& random);
    [[nodiscard]] std::uint32_t with_calls(std::uint32_t minimum) const noexcept;
    [[nodiscard]] bool room_for_one() const noexcept;

    const EjectionSettings* settings_;
    std::vector<Host> hosts_;
    std::uint32_t ejected_ = 0;
    Instant next_look_;
};

}  // namespace stampede
