#include "sim/measure/recorder.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <stdexcept>
#include <string>

namespace stampede::sim {
namespace {

constexpr Duration second = std::chrono::seconds{1};

std::size_t place(Outcome outcome) noexcept { return static_cast<std::size_t>(outcome); }

/// Place i holds delays of more than 2^(i-1) and up to 2^i milliseconds; place 0 all up to one.
std::size_t delay_place(Duration delay) noexcept {
    const auto whole = static_cast<std::uint64_t>(std::chrono::ceil<std::chrono::milliseconds>(delay).count());
    return whole <= 1 ? 0 : std::min<std::size_t>(std::bit_width(whole - 1), delay_places - 1);
}

/// What went in has come out or is still inside; a run that loses or invents a call must not be reported.
void check_conservation(const ClientTally& tally) {
    const auto sum = [](const auto& counts) { return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}); };
    const std::uint64_t requests = sum(tally.ended) + tally.cancelled + tally.running;
    const std::uint64_t attempts =
        sum(tally.settled) + tally.attempts_timed_out + tally.attempts_abandoned + tally.attempts_in_flight;
    if (requests == tally.requests && attempts == tally.attempts) return;
    throw std::logic_error("not conserved: " + std::to_string(tally.requests) + " requests began, " +
                           std::to_string(requests) + " are accounted for; " + std::to_string(tally.attempts) +
                           " attempts began, " + std::to_string(attempts) + " are accounted for");
}

}  // namespace

Recorder::Recorder(const scenarios::RunSettings& run, const std::vector<Caller>& callers,
                   const std::vector<Service>& services, const std::vector<Instance>& instances,
                   const BreakerRegistry& breakers, const CallPool& calls)
    : callers_(callers),
      instances_(instances),
      breaker_registry_(breakers),
      calls_(calls),
      warmup_end_(Instant{} + run.warmup),
      bin_width_(run.bin),
      bin_end_(Instant{} + run.bin),
      second_end_(Instant{} + second),
      boundary_(std::min(bin_end_, second_end_)),
      clients_(callers.size()),
      client_bins_(callers.size()),
      service_tallies_(services.size()),
      service_states_(services.size()),
      loads_(instances.size()) {
    const auto bins = static_cast<std::size_t>(run.duration / run.bin) + 1;
    for (auto& tally : clients_) tally.bins.reserve(bins);
    for (std::size_t i = 0; i < services.size(); ++i) {
        service_tallies_[i].bins.reserve(bins);
        service_tallies_[i].capacity_per_s = services[i].capacity_per_s();
        service_tallies_[i].workers = services[i].workers();
        service_states_[i].since = warmup_end_;
        service_states_[i].workers = services[i].workers();
    }
}

void Recorder::roll(Instant now) {
    while (boundary_ <= now) {
        if (bin_end_ == boundary_) close_bin();
        if (second_end_ == boundary_) close_second();
        boundary_ = std::min(bin_end_, second_end_);
    }
}

void Recorder::fill_bin(ServiceState& state, Instant now) noexcept {
    state.bin.busy_worker_s += to_seconds(now - state.bin_since) * state.load.busy;
    state.bin_since = now;
}

void Recorder::close_bin() {
    for (std::size_t i = 0; i < clients_.size(); ++i) {
        ClientBin& open = client_bins_[i];
        clients_[i].bins.push_back(open);
        open.requests = open.attempts = open.succeeded = 0;
    }
    for (std::size_t i = 0; i < service_tallies_.size(); ++i) {
        ServiceState& state = service_states_[i];
        fill_bin(state, bin_end_);
        state.bin.queued = state.load.queued;
        service_tallies_[i].bins.push_back(state.bin);
        state.bin = {};
    }
    bin_end_ += bin_width_;
}

void Recorder::close_second() {
    for (std::size_t i = 0; i < service_tallies_.size(); ++i) {
        auto& count = service_states_[i].this_second;
        if (measuring(second_end_ - second))
            service_tallies_[i].peak_per_second = std::max(service_tallies_[i].peak_per_second, count);
        count = 0;
    }
    second_end_ += second;
}

void Recorder::finish(Instant end) {
    roll(end);
    // A last bin that the end of the run cuts short is left out: its counts could not be compared with the others'.
    for (std::size_t i = 0; i < service_tallies_.size(); ++i) pass_time(i, end);
    calls_.for_each_running([&](const Call& call, const CallInfo& info) {
        if (!info.measured) return;
        ClientTally& tally = clients_[info.caller];
        if (!call.is_branch()) ++tally.running;
        if (call.in_flight(call.token())) ++tally.attempts_in_flight;
    });
    for (std::size_t i = 0; i < service_tallies_.size(); ++i)
        if (service_states_[i].scaled)
            service_tallies_[i].workers = service_tallies_[i].worker_s / to_seconds(end - warmup_end_);
    for (const ClientTally& tally : clients_) check_conservation(tally);
}

ClientTally* Recorder::measured(CallRef call) noexcept {
    const CallInfo& info = calls_.info(call.id);
    return info.measured ? &clients_[info.caller] : nullptr;
}

void Recorder::call_started(CallRef call, Instant now) {
    const CallInfo& info = calls_.info(call.id);
    if (info.traced) tracer_.call_started(call, now, info.agent);
    ++client_bins_[info.caller].requests;
    if (ClientTally* tally = measured(call)) ++tally->requests;
}

void Recorder::attempt_started(CallRef call, Instant now, std::uint32_t attempt) {
    const CallInfo& info = calls_.info(call.id);
    if (info.traced) tracer_.attempt_started(call, now, attempt);
    ++attempts_;
    ++client_bins_[info.caller].attempts;
    if (info.measured) ++clients_[info.caller].attempts;
}

void Recorder::service_called(std::size_t service, Instant now, std::uint32_t attempt) noexcept {
    ServiceState& state = service_states_[service];
    ++state.bin.arrivals[attempt_index(attempt)];
    ++state.this_second;
    if (measuring(now)) ++service_tallies_[service].called;
}

void Recorder::attempt_settled(CallRef call, Instant now, std::uint32_t attempt, Outcome outcome) {
    const CallInfo& info = calls_.info(call.id);
    if (info.traced) tracer_.attempt_ended(call, now, attempt, to_string(outcome));
    if (!info.measured) return;
    ClientTally& tally = clients_[info.caller];
    ++tally.settled[place(outcome)];
    ++tally.tried[attempt_index(attempt)];
    if (outcome == Outcome::success) ++tally.answered[attempt_index(attempt)];
}

void Recorder::attempt_abandoned(CallRef call, Instant now, std::uint32_t attempt, std::uint8_t cut_by) {
    if (calls_.info(call.id).traced) tracer_.attempt_ended(call, now, attempt, "abandoned");
    ClientTally* tally = measured(call);
    if (!tally) return;
    ++tally->tried[attempt_index(attempt)];
    const Caller& caller = callers_[calls_.info(call.id).caller];
    if (cut_by == cut_by_caller || caller.outside_retries(cut_by) || caller.hedges(cut_by))
        ++tally->attempts_abandoned;
    else
        ++tally->attempts_timed_out;
}

void Recorder::call_finished(CallRef call, Instant now, Outcome outcome, std::uint32_t attempts) {
    const CallInfo& info = calls_.info(call.id);
    if (info.traced) tracer_.call_finished(call, now, outcome);
    if (outcome == Outcome::success) ++client_bins_[info.caller].succeeded;
    if (!info.measured) return;
    ClientTally& tally = clients_[info.caller];
    ++tally.ended[place(outcome)];
    ++tally.ended_after[std::min<std::size_t>(attempts, listed_attempts)];
    const CallFacts& facts = calls_.call(call.id).facts();
    const auto priority = std::min<std::size_t>(facts.priority, listed_priorities - 1);
    ++tally.ended_by_priority[priority];
    if (outcome != Outcome::success) return;
    ++tally.succeeded_by_priority[priority];
    tally.latency.add(now - facts.begun);
}

void Recorder::request_lost(std::uint32_t call) noexcept {
    if (ClientTally* tally = measured({call, 0})) ++tally->lost;
}

void Recorder::request_given_up(std::uint32_t call) noexcept {
    if (ClientTally* tally = measured({call, 0})) ++tally->given_up;
}

void Recorder::reloaded(std::uint32_t call) noexcept {
    if (ClientTally* tally = measured({call, 0})) ++tally->reloads;
}

void Recorder::visit_ended(std::uint32_t call, bool success) noexcept {
    ClientTally* tally = measured({call, 0});
    if (!tally) return;
    ++tally->visits_ended;
    if (success) ++tally->visits_succeeded;
}

void Recorder::call_cancelled(CallRef call, Instant now, std::uint32_t) {
    if (calls_.info(call.id).traced) tracer_.call_cancelled(call, now);
    if (ClientTally* tally = measured(call)) ++tally->cancelled;
}

void Recorder::retry_scheduled(CallRef call, Instant now, const RetryScheduled& scheduled) {
    const CallInfo& info = calls_.info(call.id);
    if (info.traced) tracer_.backoff_began(call, now, scheduled.delay, scheduled.retry);
    if (!info.measured) return;
    ClientTally& tally = clients_[info.caller];
    const std::size_t index = attempt_index(scheduled.retry);
    ++tally.retries;
    if (scheduled.at_cap) ++tally.retries_at_cap;
    ++tally.retries_by_number[index];
    tally.delay_by_number[index] += to_seconds(scheduled.delay);
    ++tally.delays[index][delay_place(scheduled.delay)];
}

/// A move that was due by the clock is told of late: it is put where it belongs, in all bins since then too.
void Recorder::breaker_changed(Instant at, const BreakerTransition& transition) {
    const auto is_later = [](Instant t, const BreakerRecord& record) { return t < record.at; };
    if (breaker_records_.empty() || breaker_records_.back().at <= at)
        breaker_records_.push_back({at, transition});
    else  // a breaker tells of what was due by the clock when somebody calls next
        breaker_records_.insert(std::upper_bound(breaker_records_.begin(), breaker_records_.end(), at, is_later),
                                {at, transition});
    const auto caller = breaker_registry_.entries()[transition.breaker].caller;
    const auto move = [&](ClientBin& bin) {
        if (transition.from == BreakerState::open) --bin.breakers_open;
        if (transition.from == BreakerState::half_open) --bin.breakers_half_open;
        if (transition.to == BreakerState::open) ++bin.breakers_open;
        if (transition.to == BreakerState::half_open) ++bin.breakers_half_open;
    };
    auto& closed_bins = clients_[caller].bins;
    for (auto i = static_cast<std::size_t>(at.time_since_epoch() / bin_width_); i < closed_bins.size(); ++i)
        move(closed_bins[i]);
    move(client_bins_[caller]);
}

void Recorder::refused(CallRef call, Instant now, Outcome outcome) {
    if (calls_.info(call.id).traced) tracer_.refused(call, now, outcome);
    if (ClientTally* tally = measured(call)) ++tally->refused[place(outcome)];
}

void Recorder::fallback_used(CallRef call, Instant, Outcome, bool cached) {
    ClientTally* tally = measured(call);
    if (!tally) return;
    ++(cached ? tally->fallback_cached : tally->fallback_default);
}

void Recorder::budget_denied(CallRef call, Instant, ExtraAttempt) {
    if (ClientTally* tally = measured(call)) ++tally->budget_denied;
}

void Recorder::hedged(CallRef call, Instant, std::uint32_t) {
    if (ClientTally* tally = measured(call)) ++tally->hedges;
}

void Recorder::branch_chosen(CallRef call, Instant, const BranchEnd& end) {
    const bool hedge_won = end.branch > 1 && is_answer(end.outcome);
    if (ClientTally* tally = hedge_won ? measured(call) : nullptr) ++tally->hedges_won;
}

void Recorder::answer_came_late(std::uint32_t call, Instant now) noexcept {
    if (measuring(now)) ++clients_[calls_.info(call).caller].late;
}

void Recorder::answer_came_again(std::uint32_t call, Instant now) noexcept {
    if (measuring(now)) ++clients_[calls_.info(call).caller].answered_again;
}

void Recorder::service_started(std::size_t service, Instant now, Duration waited) {
    if (!measuring(now)) return;
    ServiceTally& tally = service_tallies_[service];
    ++tally.started;
    if (waited > Duration::zero()) ++tally.waited;
    tally.wait_s += to_seconds(waited);
}

void Recorder::service_shed(std::size_t service, Instant now) noexcept {
    if (measuring(now)) ++service_tallies_[service].shed;
}

void Recorder::service_crashed(std::size_t service, Instant now) noexcept {
    if (measuring(now)) ++service_tallies_[service].crashes;
}

void Recorder::service_scaled(std::size_t service, Instant now, std::uint32_t workers) {
    pass_time(service, now);
    service_states_[service].workers = workers;
    service_states_[service].scaled = true;
}

void Recorder::service_done(std::size_t service, Instant now, Duration served, bool wasted) {
    if (!measuring(now)) return;
    ServiceTally& tally = service_tallies_[service];
    tally.served_s += to_seconds(served);
    if (wasted) tally.wasted_s += to_seconds(served);
}

void Recorder::service_changed(std::size_t instance, Instant now) {
    const Instance& changed = instances_[instance];
    const std::size_t service = changed.service();
    pass_time(service, now);
    ServiceState& state = service_states_[service];
    Load& seen = loads_[instance];
    const Load load{changed.busy(), changed.queued()};
    state.load.busy += load.busy - seen.busy;  // modulo 2^32, so also where it became less
    state.load.queued += load.queued - seen.queued;
    seen = load;
    ServiceTally& tally = service_tallies_[service];
    if (measuring(now)) tally.queue_peak = std::max<std::uint64_t>(tally.queue_peak, state.load.queued);
}

/// Up to now the service was as it was seen last.
void Recorder::pass_time(std::size_t service, Instant now) {
    ServiceState& state = service_states_[service];
    fill_bin(state, now);
    if (now <= state.since) return;
    ServiceTally& tally = service_tallies_[service];
    const double seconds = to_seconds(now - state.since);
    tally.busy_worker_s += seconds * state.load.busy;
    tally.queued_s += seconds * state.load.queued;
    tally.worker_s += seconds * state.workers;
    tally.queue_peak = std::max<std::uint64_t>(tally.queue_peak, state.load.queued);  // as the warm-up left it
    state.since = now;
}

}  // namespace stampede::sim
