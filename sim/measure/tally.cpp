#include "sim/measure/tally.hpp"

namespace stampede::sim {

ClientBin& ClientBin::operator+=(const ClientBin& other) noexcept {
    requests += other.requests;
    attempts += other.attempts;
    succeeded += other.succeeded;
    breakers_open += other.breakers_open;
    breakers_half_open += other.breakers_half_open;
    return *this;
}

void ClientTally::merge(const ClientTally& other) {
    add_to(ended, other.ended);
    add_to(ended_by_priority, other.ended_by_priority);
    add_to(succeeded_by_priority, other.succeeded_by_priority);
    requests += other.requests;
    running += other.running;
    cancelled += other.cancelled;
    lost += other.lost;
    given_up += other.given_up;
    reloads += other.reloads;
    visits_ended += other.visits_ended;
    visits_succeeded += other.visits_succeeded;
    add_to(settled, other.settled);
    attempts += other.attempts;
    attempts_timed_out += other.attempts_timed_out;
    attempts_abandoned += other.attempts_abandoned;
    attempts_in_flight += other.attempts_in_flight;
    late += other.late;
    answered_again += other.answered_again;
    latency.merge(other.latency);
    add_to(ended_after, other.ended_after);
    add_to(tried, other.tried);
    add_to(answered, other.answered);
    retries += other.retries;
    retries_at_cap += other.retries_at_cap;
    add_to(retries_by_number, other.retries_by_number);
    add_to(delay_by_number, other.delay_by_number);
    for (std::size_t i = 0; i < listed_attempts; ++i) add_to(delays[i], other.delays[i]);
    add_to(refused, other.refused);
    fallback_cached += other.fallback_cached;
    fallback_default += other.fallback_default;
    budget_denied += other.budget_denied;
    hedges += other.hedges;
    hedges_won += other.hedges_won;
    add_to(bins, other.bins);
}

void ConnectionTally::merge(const ConnectionTally& other) noexcept {
    places += other.places;
    asked += other.asked;
    opened += other.opened;
    asked_again += other.asked_again;
    broken += other.broken;
    wait_s += other.wait_s;
    in_use_s += other.in_use_s;
}

ServiceBin& ServiceBin::operator+=(const ServiceBin& other) noexcept {
    add_to(arrivals, other.arrivals);
    queued += other.queued;
    busy_worker_s += other.busy_worker_s;
    return *this;
}

void ServiceTally::merge(const ServiceTally& other) {
    called += other.called;
    started += other.started;
    waited += other.waited;
    wait_s += other.wait_s;
    shed += other.shed;
    crashes += other.crashes;
    worker_s += other.worker_s;
    served_s += other.served_s;
    wasted_s += other.wasted_s;
    busy_worker_s += other.busy_worker_s;
    queued_s += other.queued_s;
    queue_peak = std::max(queue_peak, other.queue_peak);
    peak_per_second = std::max(peak_per_second, other.peak_per_second);
    capacity_per_s += other.capacity_per_s;
    workers += other.workers;
    add_to(bins, other.bins);
}

}  // namespace stampede::sim
