/// Which calls an instance takes at all, and in which order: the parts that look at every call.

#include "sim/services/instance.hpp"

namespace stampede::sim {

using scenarios::DeadlineAdmission;
using scenarios::WhenFull;

namespace {

constexpr std::uint8_t least_important = 0xff;

}  // namespace

/// What is answered before any worker or queue is asked.
std::optional<Instance::Arrival> Instance::stop_at_gate(const Visit& visit) {
    if (stress_->bucket && !stress_->bucket->admits(visit.since()))
        return Arrival{Reception::answered, Outcome::overload, {}, stress_->retry_tenths};
    if (stress_->cache && stress_->cache->hits(visit.since(), gate_stream_))
        return Arrival{Reception::cached, Outcome::success, {0, stress_->cache->time(), {}}};
    if (stress_->deadlines == DeadlineAdmission::estimate && would_be_late(visit))
        return Arrival{Reception::answered, Outcome::overload};
    return std::nullopt;
}

/// Whoever has given up is late already.
bool Instance::would_be_late(const Visit& visit) const {
    const Call& call = calls_.call(visit.call);
    if (!call.in_flight(visit.token)) return true;
    if (call.facts().deadline == Instant::max()) return false;
    const double before_it = idle_.empty() ? (queue_.size() + 1.0) / workers_ : 0;
    return visit.since() + from_seconds((before_it + 1) * usual_mean_s_) > call.facts().deadline;
}

std::uint8_t Instance::priority_of(const Visit& visit) const {
    if (!stress_->by_priority) return 0;
    if (visit.is_retry && stress_->retries_last) return least_important;
    const Call& call = calls_.call(visit.call);
    return call.in_flight(visit.token) ? call.facts().priority : least_important;
}

bool Instance::drops_early() {
    const auto& early = stress_->early_drop;
    if (!early || queue_limit_ == 0) return false;
    const double filled = static_cast<double>(queue_.size()) / queue_limit_;
    if (filled < early->from) return false;
    const double chance =
        early->from < 1 ? early->most * (filled - early->from) / (1 - early->from) : early->most.value;
    return gate_stream_.uniform() < chance;
}

Instance::Arrival Instance::enqueue_by_rules(const Visit& visit) {
    if (drops_early()) return {Reception::answered, Outcome::overload};
    const std::uint8_t priority = priority_of(visit);
    if (queue_.size() >= queue_limit_) {
        if (stress_->when_full == WhenFull::drop) return {Reception::dropped};
        const bool by_age = stress_->when_full == WhenFull::drop_oldest && !queue_.empty();
        const auto out = by_age ? std::optional{queue_.pop_oldest()} : queue_.give_way(priority);
        if (!out) return {Reception::answered, Outcome::overload};
        turned_away_.push_back(*out);
    }
    queue_.push(visit, priority);
    return {Reception::queued};
}

/// Passes over calls that nobody needs any more, where the service looks at that.
std::optional<Visit> Instance::next_worth_serving(Instant now) {
    while (auto next = queue_.pop(now, turned_away_)) {
        const Call& call = calls_.call(next->call);
        const bool waits = call.in_flight(next->token);
        if (stress_->skips_cancelled && !waits) continue;
        const bool late = !waits || call.facts().deadline <= now;
        if (stress_->deadlines == DeadlineAdmission::ignore || !late) return next;
        turned_away_.push_back(*next);
    }
    return std::nullopt;
}

}  // namespace stampede::sim
