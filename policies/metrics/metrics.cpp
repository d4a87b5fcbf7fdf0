#include "policies/metrics/metrics.hpp"

#include <algorithm>

namespace stampede {
namespace {

std::size_t place(Outcome outcome) { return static_cast<std::size_t>(outcome); }

std::size_t place(const BreakerTransition& change) {
    const BreakerMove move{change.from, change.to, change.reason};
    return static_cast<std::size_t>(std::find(breaker_moves.begin(), breaker_moves.end(), move) -
                                    breaker_moves.begin());
}

/// Two halves of one word, so that a reader sees both as of the same moment.
constexpr std::uint64_t both(std::uint32_t low, std::uint32_t high) { return std::uint64_t{high} << 32 | low; }

}  // namespace

Metrics::Metrics(std::uint32_t breakers) : breakers_(breakers) {}

Metrics::BreakerCounters* Metrics::breaker(std::uint32_t number) noexcept {
    if (number < breakers_.size()) return &breakers_[number];
    of_unknown_breakers_.add();
    return nullptr;
}

void Metrics::call_started(CallRef call, Instant now) {
    calls_started_.add();
    if (call.id >= started_.size()) started_.resize(std::max<std::size_t>(64, std::size_t{call.id} * 2));
    started_[call.id] = now;
}

void Metrics::attempt_started(CallRef, Instant, std::uint32_t) { attempts_started_.add(); }

void Metrics::attempt_settled(CallRef, Instant, std::uint32_t attempt, Outcome outcome) {
    attempts_[std::min(attempt - 1, attempts_told_apart)][place(outcome)].add();
}

void Metrics::attempt_abandoned(CallRef, Instant, std::uint32_t, std::uint8_t) { attempts_abandoned_.add(); }

void Metrics::call_finished(CallRef call, Instant now, Outcome outcome, std::uint32_t attempts) {
    calls_[place(outcome)].add();
    calls_by_attempts_[std::min(attempts, attempts_told_apart + 1)].add();
    attempts_of_calls_.add(attempts);
    latency_.add(now - started_[call.id]);
}

void Metrics::call_cancelled(CallRef, Instant, std::uint32_t) { calls_cancelled_.add(); }

void Metrics::retry_scheduled(CallRef, Instant, const RetryScheduled& retry) {
    retries_.add();
    if (retry.at_cap) retries_at_cap_.add();
    backoff_.add(static_cast<std::uint64_t>(retry.delay.count()));
}

void Metrics::breaker_counted(Instant, std::uint32_t number, bool failure) {
    BreakerCounters* counters = breaker(number);
    if (counters == nullptr) return;
    (failure ? counters->failures : counters->successes).add();
    counters->window.push(failure);
    counters->recent.set(both(counters->window.size(), counters->window.failures()));
}

void Metrics::breaker_changed(Instant now, const BreakerTransition& change) {
    BreakerCounters* counters = breaker(change.breaker);
    if (counters == nullptr) return;
    counters->transitions.at(place(change)).add();
    counters->state.set(static_cast<std::uint64_t>(change.to));
    if (change.from == BreakerState::closed) counters->opened = now;
    if (change.to == BreakerState::closed) counters->recovery.add(now - counters->opened);
}

void Metrics::refused(CallRef, Instant, Outcome outcome) { refusals_[place(outcome)].add(); }

void Metrics::fallback_used(CallRef, Instant, Outcome, bool cached) { fallbacks_[cached ? 1 : 0].add(); }

void Metrics::budget_denied(CallRef, Instant, ExtraAttempt) { budget_denied_.add(); }

void Metrics::hedged(CallRef, Instant, std::uint32_t) { hedges_.add(); }

void Metrics::branch_chosen(CallRef, Instant, const BranchEnd& end) {
    chosen_[end.branch == 1 ? 0 : 1][place(end.outcome)].add();
}

Snapshot Metrics::snapshot() const {
    Snapshot s;
    s.calls = read(calls_);
    s.calls_started = calls_started_.get();
    s.calls_cancelled = calls_cancelled_.get();
    s.latency = latency_.read();
    s.calls_by_attempts = read(calls_by_attempts_);
    s.attempts_of_calls = attempts_of_calls_.get();
    s.attempts_started = attempts_started_.get();
    s.attempts_abandoned = attempts_abandoned_.get();
    for (std::size_t i = 0; i < attempts_.size(); ++i) s.attempts[i] = read(attempts_[i]);
    s.retries = retries_.get();
    s.retries_at_cap = retries_at_cap_.get();
    s.backoff = Duration{static_cast<std::int64_t>(backoff_.get())};
    s.refusals = read(refusals_);
    s.budget_denied = budget_denied_.get();
    s.hedges = hedges_.get();
    s.first_chosen = read(chosen_[0]);
    s.hedge_chosen = read(chosen_[1]);
    s.fallbacks_default = fallbacks_[0].get();
    s.fallbacks_cached = fallbacks_[1].get();
    s.of_unknown_breakers = of_unknown_breakers_.get();
    for (std::size_t i = 0; i < breakers_.size(); ++i) {
        const BreakerCounters& counters = breakers_[i];
        BreakerSnapshot b;
        b.number = static_cast<std::uint32_t>(i);
        b.state = static_cast<BreakerState>(counters.state.get());
        b.transitions = read(counters.transitions);
        b.successes = counters.successes.get();
        b.failures = counters.failures.get();
        b.recent = static_cast<std::uint32_t>(counters.recent.get());
        b.recent_failures = static_cast<std::uint32_t>(counters.recent.get() >> 32);
        b.recovery = counters.recovery.read();
        const auto moved = [](std::uint64_t times) { return times != 0; };
        if (b.successes + b.failures != 0 || std::any_of(b.transitions.begin(), b.transitions.end(), moved))
            s.breakers.push_back(b);
    }
    return s;
}

}  // namespace stampede
