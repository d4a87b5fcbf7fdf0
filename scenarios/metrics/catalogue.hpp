#pragma once
/// Every number that Stampede prints: its name, unit, direction and definition, in one place.
/// `sim/measure/` computes them, `reports/` prints them, `stampede explain` quotes the definitions, thresholds name
/// them.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace stampede {

enum class Unit : std::uint8_t { count, per_second, per_minute, seconds, ratio, share, yes_no };

/// How the unit is written in reports: "count", "1/s", "1/min", "s", "ratio", "share", "yes/no".
[[nodiscard]] std::string_view to_string(Unit unit);

/// Which way is better; neutral metrics get no mark.
enum class Better : std::uint8_t { lower, higher, neutral };

/// Who a metric is measured for, besides the whole run.
enum class Subject : std::uint8_t { clients, services };

enum class Metric : std::uint8_t {
    requests_total,
    requests_succeeded,
    requests_failed,
    requests_fallback,
    requests_refused,
    requests_running,
    requests_lost,
    requests_given_up,
    requests_reloads,
    requests_success_rate,
    requests_goodput,
    requests_success_by_priority,
    visits_success_rate,
    attempts_total,
    attempts_ok,
    attempts_refused_outage,
    attempts_rejected_full,
    attempts_timed_out,
    attempts_errors,
    attempts_abandoned,
    attempts_in_flight,
    attempts_late,
    attempts_answered_again,
    arrivals_peak_per_s,
    latency_p50,
    latency_p90,
    latency_p99,
    latency_p999,
    latency_max,
    retry_amplification,
    retry_amplification_fault,
    retry_amplification_recovery,
    retry_attempts_histogram,
    retry_success_by_attempt,
    retry_wasted_work,
    retry_backoff_total,
    herd_peak_ratio,
    herd_peak_100ms_by_attempt,
    herd_overshoot,
    herd_dispersion,
    herd_drain_time,
    recovery_time,
    recovery_metastable,
    recovery_lost_goodput,
    recovery_degraded_after,
    recovery_lowest_goodput,
    recovery_goodput_at_end,
    jitter_share_at_cap,
    jitter_delay_mean,
    jitter_delay_histogram,
    breaker_transitions,
    breaker_flaps,
    breaker_flaps_per_minute,
    breaker_share_closed,
    breaker_share_open,
    breaker_share_half_open,
    breaker_time_to_open,
    breaker_attempts_before_open,
    breaker_false_open,
    breaker_reopen_lag,
    breaker_probe_sync,
    breaker_rejected,
    bulkhead_rejected,
    limiter_rejected,
    throttle_rejected,
    concurrency_rejected,
    shed_rejected,
    connections_opened,
    connections_asked_again,
    connections_broken,
    connections_wait_mean,
    connections_utilisation,
    connections_rejected,
    fallback_used,
    fallback_cached,
    fallback_default,
    budget_denied,
    hedge_issued,
    hedge_won,
    service_utilisation,
    service_queue_mean,
    service_queue_peak,
    service_wait_mean,
    service_waited,
    service_shed,
    service_called,
    service_amplification,
    service_crashes,
    service_busiest,
    service_offered_load,
    service_arriving_load,
};

struct MetricInfo {
    Metric metric;
    std::string_view name;  ///< as in reports and thresholds: "herd.peak_ratio"
    Unit unit;
    Better better;
    Subject subject;
    std::string_view index;  ///< what it is listed by ("attempt", "retry"); empty for a single number
    std::string_view definition;
};

/// All of them, in the order of the enumeration and of reports.
[[nodiscard]] std::span<const MetricInfo> metrics();

[[nodiscard]] const MetricInfo& info(Metric metric);

[[nodiscard]] std::optional<Metric> find_metric(std::string_view name);

}  // namespace stampede
