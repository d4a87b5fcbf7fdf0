#include "policies/breaker/settings.hpp"

#include <algorithm>
#include <cmath>

namespace stampede {
namespace {

constexpr std::uint32_t default_threshold = 5;
constexpr double default_rate = 0.5;

/// Rates mean a share of what is in the window, so their minimum must fit into it.
void check_minimum(const BreakerSettings& s, Problems& problems) {
    const auto* window = s.window ? &*s.window : nullptr;
    if (window && window->count && !s.cap_minimum && s.minimum_calls > *window->count)
        problems.add("minimum_calls", "minimum_calls (" + std::to_string(s.minimum_calls) +
                                          ") must not exceed window.count (" + std::to_string(*window->count) +
                                          "): the breaker could never open on its failure rate");
}

void check_window(const BreakerSettings& s, Problems& problems) {
    if (!s.window) {
        if (s.failure_rate) problems.add("failure_rate", "needs a window: { \"count\": 100 }, say");
        if (s.failure_count) problems.add("failure_count", "needs a window: { \"time\": \"60s\" }, say");
        if (s.slow_rate) problems.add("slow_rate", "needs a window: { \"count\": 100 }, say");
        if (s.judged_every) problems.add("judged_every", "needs a window: { \"time\": \"10s\" }, say");
    }
    if (s.window && s.window->time) {
        const std::uint32_t buckets = s.buckets.count(*s.window->time);
        if (buckets > 10'000)
            problems.add("buckets", "makes " + std::to_string(buckets) + " buckets; at most 10000 are kept");
        else if (*s.window->time / buckets == Duration::zero())
            problems.add("buckets", "a bucket must be at least a nanosecond wide");
    }
    if (s.slow_rate && !s.slow_after) problems.add("slow_rate", "needs slow_after: what is slow?");
    if (s.rate_of == RateOf::calls && !(s.window && s.window->is_timed()))
        problems.add("rate_of", "calls are only counted in a window of time or an interval");
}

void check_outcomes(const BreakerSettings& s, Problems& problems) {
    if (s.on.empty()) problems.add("on", "on must name at least one outcome: the breaker could never open");
    if (s.on.contains(Outcome::success) || s.on.contains(Outcome::fallback))
        problems.add("on", "an answer (success, fallback) cannot count as a failure");
    for (const OutcomeName& each : outcome_names)
        if (s.on.contains(each.outcome) && s.ignore.contains(each.outcome))
            problems.add("ignore", std::string(each.name) + " is both in on and in ignore");
}

std::uint32_t calls_for(double needed) {
    // 5/s of 10 s are 50 calls, also where the product comes out a little above.
    return static_cast<std::uint32_t>(std::clamp(std::ceil(needed - 1e-9), 0.0, 4e9));
}

}  // namespace

void BreakerSettings::check(Problems& problems) const {
    check_window(*this, problems);
    check_minimum(*this, problems);
    check_outcomes(*this, problems);
    if (half_open.others != Others::pass && half_open.successes && *half_open.successes > half_open.calls &&
        half_open.permits == Permits::in_total)
        problems.add("half_open", "half_open.successes must not exceed half_open.calls: the breaker could never close");
    if (half_open.decides == Decides::rates && !failure_rate_limit() && !slow_rate_limit())
        problems.add("half_open", "half_open.decides needs a failure_rate or a slow_rate to decide by");
    if (adaptive && mode != BreakerMode::normal)
        problems.add("adaptive", "an adaptive breaker has no other mode than normal");
}

std::optional<std::uint32_t> BreakerSettings::consecutive_limit() const {
    if (failure_threshold || window) return failure_threshold;
    return default_threshold;
}

std::optional<double> BreakerSettings::failure_rate_limit() const {
    if (failure_rate) return failure_rate->value;
    if (window && !failure_count && !slow_rate) return default_rate;
    return std::nullopt;
}

std::optional<double> BreakerSettings::slow_rate_limit() const {
    if (!slow_after) return std::nullopt;
    return slow_rate ? slow_rate->value : 1.0;
}

std::uint32_t BreakerSettings::minimum() const {
    if (window && window->count && cap_minimum) return std::min(minimum_calls, *window->count);
    if (!window || !window->time) return minimum_calls;
    const double seconds = to_seconds(*window->time);
    if (minimum_rate) return calls_for(minimum_rate->per_second * seconds);
    if (minimum_failures && failure_rate_limit())
        return calls_for(minimum_failures->per_second / *failure_rate_limit() * seconds);
    return minimum_calls;
}

}  // namespace stampede
