#include "policies/balance/ejection.hpp"

#include <algorithm>
#include <cmath>

#include "policies/random/distributions.hpp"

namespace stampede {

Ejection::Ejection(const EjectionSettings& settings, std::uint32_t hosts)
    : settings_(&settings), hosts_(hosts), next_look_(Instant{} + settings.interval) {}

void Ejection::advance(Instant now, Stream& random) {
    for (; next_look_ <= now; next_look_ += settings_->interval) look(next_look_, random);
}

/// gRPC ejects while the share is not reached; Envoy only where it is not exceeded afterwards.
bool Ejection::room_for_one() const noexcept {
    const double most = settings_->max_ejected * static_cast<double>(hosts_.size());
    if (ejected_ == 0 && settings_->at_least_one) return true;
    return settings_->may_exceed ? ejected_ < most : ejected_ + 1 <= most + 1e-9;
}

void Ejection::eject(Host& host, Share enforcing, Instant now, Stream& random) {
    if (host.ejected || !room_for_one()) return;
    if (enforcing < 1 && random.uniform() >= enforcing) return;
    const Duration longest_time = std::max(settings_->base_time, settings_->max_time);
    Duration time = std::min(settings_->base_time * ++host.times, longest_time);
    if (settings_->jitter > Duration::zero()) time += from_seconds(random.uniform() * to_seconds(settings_->jitter));
    host.ejected = true;
    host.back = now + time;
    ++ejected_;
}

void Ejection::ended(std::uint32_t number, Outcome outcome, Instant now, Stream& random) {
    Host& host = hosts_[number];
    ++host.calls;
    if (!settings_->on.contains(outcome)) {
        host.consecutive = 0;
        return;
    }
    ++host.failures;
    if (!settings_->consecutive_failures || ++host.consecutive != *settings_->consecutive_failures) return;
    host.consecutive = 0;
    eject(host, settings_->enforcing_consecutive, now, random);
}

void Ejection::look(Instant now, Stream& random) {
    if (settings_->success_rate) by_success_rate(*settings_->success_rate, now, random);
    if (settings_->failure_share) by_failure_share(*settings_->failure_share, now, random);
    for (Host& host : hosts_) {
        host.calls = host.failures = 0;
        if (!host.ejected) {
            host.times -= host.times > 0 ? 1 : 0;
        } else if (host.back <= now) {
            host.ejected = false;
            host.consecutive = 0;
            --ejected_;
        }
    }
}

std::uint32_t Ejection::with_calls(std::uint32_t minimum) const noexcept {
    return static_cast<std::uint32_t>(
        std::count_if(hosts_.begin(), hosts_.end(), [&](const Host& host) { return host.calls >= minimum; }));
}

/// The standard deviation is that of a population, over the hosts with enough calls.
void Ejection::by_success_rate(const SuccessRateEjection& rule, Instant now, Stream& random) {
    const std::uint32_t count = with_calls(rule.minimum_calls);
    if (count < rule.minimum_hosts) return;
    const auto rate = [](const Host& host) { return 1 - static_cast<double>(host.failures) / host.calls; };
    double sum = 0, squares = 0;
    for (const Host& host : hosts_)
        if (host.calls >= rule.minimum_calls) sum += rate(host);
    const double mean = sum / count;
    for (const Host& host : hosts_)
        if (host.calls >= rule.minimum_calls) squares += (rate(host) - mean) * (rate(host) - mean);
    const double threshold = mean - rule.stdev_factor * std::sqrt(squares / count);
    for (Host& host : hosts_)
        if (host.calls >= rule.minimum_calls && rate(host) < threshold) eject(host, rule.enforcing, now, random);
}

void Ejection::by_failure_share(const FailureShareEjection& rule, Instant now, Stream& random) {
    if (with_calls(rule.minimum_calls) < rule.minimum_hosts) return;
    for (Host& host : hosts_)
        if (host.calls >= rule.minimum_calls && host.failures >= rule.threshold * host.calls)
            eject(host, rule.enforcing, now, random);
}

}  // namespace stampede
