#include "policies/balance/balance.hpp"

#include <numeric>

namespace stampede {

BalanceSettings BalanceSettings::of(Dialect dialect) {
    BalanceSettings settings;
    EjectionSettings& ejection = settings.ejection.emplace();
    switch (dialect) {
        case Dialect::envoy:  // enforcing_failure_percentage is 0
            ejection.success_rate.emplace();
            break;
        case Dialect::istio:  // by consecutive 5xx only
            break;
        case Dialect::grpc:  // A50: ejects at least one address; no consecutive failures
            ejection.consecutive_failures.reset();
            ejection.success_rate.emplace();
            ejection.failure_share.emplace();
            ejection.may_exceed = true;
            break;
        default:
            settings.ejection.reset();
    }
    return settings;
}

Balance::Balance(const BalanceSettings& settings) : settings_(&settings), under_way_(settings.hosts) {
    if (settings.ejection) ejection_.emplace(*settings.ejection, settings.hosts);
}

std::uint32_t Balance::under_way() const noexcept {
    return std::accumulate(under_way_.begin(), under_way_.end(), std::uint32_t{0});
}

/// The first from this one on that is not ejected; itself where all are.
std::uint32_t Balance::usable_from(std::uint32_t host) const noexcept {
    if (!ejection_ || ejection_->ejected() == settings_->hosts) return host;
    while (ejection_->is_ejected(host)) host = host + 1 == settings_->hosts ? 0 : host + 1;
    return host;
}

/// Of those not ejected, each with the same chance: the n-th of them.
std::uint32_t Balance::any(Stream& random, std::uint32_t from) const noexcept {
    const std::uint32_t out = ejection_ && ejection_->ejected() < settings_->hosts ? ejection_->ejected() : 0;
    auto nth = static_cast<std::uint32_t>(random.uniform() * (settings_->hosts - out));
    std::uint32_t host = usable_from(from);
    for (; nth > 0; --nth) host = usable_from(host + 1 == settings_->hosts ? 0 : host + 1);
    return host;
}

void Balance::place(std::uint16_t own_zone, const std::vector<std::uint16_t>& zone_of_host) {
    if (!settings_->zone_aware) return;
    zones_.place(own_zone, settings_->hosts, zone_of_host);
    zones_.count([&](std::uint32_t host) { return is_out(host); });
}

/// Of the healthy hosts of a zone, as the strategy has it.
std::uint32_t Balance::choose_in(ZoneChoice::Zone& zone, Stream& random) const noexcept {
    const auto size = static_cast<std::uint32_t>(zone.hosts.size());
    const auto any_there = [&] {
        auto nth = static_cast<std::uint32_t>(random.uniform() * zone.healthy);
        std::uint32_t at = 0;
        while (is_out(zone.hosts[at]) || nth-- > 0) ++at;
        return zone.hosts[at];
    };
    if (settings_->strategy == BalanceStrategy::random) return any_there();
    if (settings_->strategy == BalanceStrategy::least_request) {
        const std::uint32_t one = any_there();
        const std::uint32_t other = any_there();
        return under_way_[other] < under_way_[one] ? other : one;
    }
    while (is_out(zone.hosts[zone.next])) zone.next = (zone.next + 1) % size;
    const std::uint32_t host = zone.hosts[zone.next];
    zone.next = (zone.next + 1) % size;
    return host;
}

std::uint32_t Balance::choose(Stream& random) noexcept {
    if (zones_.is_placed()) {
        if (ejection_) zones_.count([&](std::uint32_t host) { return is_out(host); });
        if (ZoneChoice::Zone* zone = zones_.choose(*settings_->zone_aware, random)) return choose_in(*zone, random);
    }
    switch (settings_->strategy) {
        case BalanceStrategy::random:
            return any(random, 0);
        case BalanceStrategy::least_request: {
            const std::uint32_t one = any(random, 0);
            const std::uint32_t other = any(random, 0);
            return under_way_[other] < under_way_[one] ? other : one;
        }
        case BalanceStrategy::round_robin:
            break;
    }
    const std::uint32_t host = usable_from(next_);
    next_ = host + 1 == settings_->hosts ? 0 : host + 1;
    return host;
}

Entry Balance::enter(Context& context, Frame& frame) {
    if (ejection_) ejection_->advance(context.now, context.random);
    frame.narrow = choose(context.random);
    ++under_way_[frame.narrow];
    context.facts.host = static_cast<std::uint16_t>(frame.narrow);
    return Entry::proceed();
}

Exit Balance::leave(Context& context, Frame& frame, Outcome outcome) {
    if (ejection_ && !is_refusal(outcome)) {
        ejection_->advance(context.now, context.random);
        ejection_->ended(frame.narrow, outcome, context.now, context.random);
    }
    release(context, frame);
    return Exit::pass(outcome);
}

void Balance::cancel(Context& context, Frame& frame) { release(context, frame); }

void Balance::release(Context& context, const Frame& frame) noexcept {
    --under_way_[frame.narrow];
    context.facts.host = any_host;
}

}  // namespace stampede
