#include "reports/questions.hpp"

#include <array>

namespace stampede::reports {
namespace {

using enum Metric;

constexpr std::array herd{herd_peak_ratio, arrivals_peak_per_s, herd_drain_time, recovery_time};
constexpr std::array jitter{retry_amplification, retry_wasted_work, jitter_share_at_cap, latency_p99};
constexpr std::array breaker{breaker_flaps_per_minute, breaker_share_open, breaker_probe_sync, breaker_reopen_lag};
constexpr std::array outcome{requests_success_rate, requests_goodput};

constexpr std::array all{Question{"Thundering herd", herd}, Question{"Retries and jitter", jitter},
                         Question{"Breaker flapping", breaker}, Question{"What users got", outcome}};

}  // namespace

std::span<const Question> questions() { return all; }

}  // namespace stampede::reports
