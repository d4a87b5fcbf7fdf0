#include "reports/questions.hpp"

#include <array>

namespace stampede::reports {
namespace {

using enum Metric;

constexpr std::array herd_metrics{herd_peak_ratio, arrivals_peak_per_s, herd_drain_time, recovery_time};
constexpr std::array jitter_metrics{retry_amplification, retry_wasted_work, jitter_share_at_cap, latency_p99};
constexpr std::array breaker_metrics{breaker_flaps_per_minute, breaker_share_open, breaker_probe_sync,
                                     breaker_reopen_lag};
constexpr std::array outcome_metrics{requests_success_rate, requests_goodput};

constexpr std::array all_questions{
    Question{"Thundering herd", herd_metrics}, Question{"Retries and jitter", jitter_metrics},
    Question{"Breaker flapping", breaker_metrics}, Question{"What users got", outcome_metrics}};

}  // namespace

std::span<const Question> questions() { return all_questions; }

}  // namespace stampede::reports
