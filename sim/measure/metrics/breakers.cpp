#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "sim/measure/metrics/sheet.hpp"

namespace stampede::sim {
namespace {

/// What one breaker went through.
struct Life {
    BreakerState state = BreakerState::closed;
    Instant since{};
    double seconds[3] = {0, 0, 0};           ///< measured, by state
    std::optional<Instant> opened_in_fault;  ///< first opening after the first fault's beginning
    std::uint32_t failures_before_open = 0;
    bool closed_at_fault_end = true;
    std::optional<Instant> closed_for_good;  ///< last closing after the last fault's end
};

/// Adds the time from `life.since` to `now` to the present state, as far as it is measured.
void spend(Life& life, Instant now, Instant measured_from) {
    const Instant from = std::max(life.since, measured_from);
    if (now > from) life.seconds[static_cast<std::size_t>(life.state)] += to_seconds(now - from);
    life.since = now;
}

class Lives {
public:
    Lives(const ClientView& view) : view_(view), measured_from_(Instant{} + view.run.warmup) {
        for (const BreakerRecord& record : view.breakers.records) follow(record);
        mark_fault_end(Instant{} + view.run.duration);
        for (auto& [number, life] : lives_) spend(life, Instant{} + view.run.duration, measured_from_);
    }

    [[nodiscard]] std::uint64_t transitions() const noexcept { return transitions_; }
    [[nodiscard]] std::uint64_t flaps() const noexcept { return flaps_; }

    /// Breaker-seconds; breakers that never moved were closed all the time.
    [[nodiscard]] double seconds(BreakerState state) const {
        double sum = 0;
        for (const auto& [number, life] : lives_) sum += life.seconds[static_cast<std::size_t>(state)];
        if (state != BreakerState::closed) return sum;
        return sum + static_cast<double>(view_.breakers.count - lives_.size()) * measured_s();
    }
    [[nodiscard]] double measured_s() const { return to_seconds(view_.run.duration - view_.run.warmup); }

    template <class Visit>
    void for_each_moved(Visit&& visit) const {
        for (const auto& [number, life] : lives_) visit(life);
    }

private:
    void follow(const BreakerRecord& record) {
        mark_fault_end(record.at);
        Life& life = lives_[record.transition.breaker];
        spend(life, record.at, measured_from_);
        life.state = record.transition.to;
        const bool opens = record.transition.to == BreakerState::open;
        if (record.at >= measured_from_) {
            ++transitions_;
            if (opens && record.transition.from == BreakerState::half_open) ++flaps_;
        }
        if (opens && !life.opened_in_fault && view_.windows.first_fault_begin &&
            record.at >= *view_.windows.first_fault_begin && record.transition.from == BreakerState::closed) {
            life.opened_in_fault = record.at;
            life.failures_before_open = record.transition.failures;
        }
        if (view_.windows.last_fault_end && record.at >= *view_.windows.last_fault_end) {
            if (record.transition.to == BreakerState::closed)
                life.closed_for_good = record.at;
            else
                life.closed_for_good.reset();
        }
    }

    /// Notes the breakers' states at the end of the last fault, once `now` has reached it.
    void mark_fault_end(Instant now) {
        if (fault_end_marked_ || !view_.windows.last_fault_end || now < *view_.windows.last_fault_end) return;
        for (auto& [number, life] : lives_) life.closed_at_fault_end = life.state == BreakerState::closed;
        fault_end_marked_ = true;
    }

    const ClientView& view_;
    Instant measured_from_;
    std::map<std::uint32_t, Life> lives_;  ///< of the breakers that moved
    std::uint64_t transitions_ = 0;
    std::uint64_t flaps_ = 0;
    bool fault_end_marked_ = false;
};

void add_opening(const Lives& lives, const Windows& windows, Sheet& sheet) {
    if (!windows.first_fault_begin) return;
    double opened = 0;
    double delay = 0;
    double failures = 0;
    lives.for_each_moved([&](const Life& life) {
        if (!life.opened_in_fault) return;
        ++opened;
        delay += to_seconds(*life.opened_in_fault - *windows.first_fault_begin);
        failures += life.failures_before_open;
    });
    sheet.add_ratio(Metric::breaker_time_to_open, delay, opened);
    sheet.add_ratio(Metric::breaker_attempts_before_open, failures, opened);
}

void add_reopen_lag(const Lives& lives, const Windows& windows, Sheet& sheet) {
    if (!windows.last_fault_end) return;
    double waiting = 0;
    double lag = 0;
    lives.for_each_moved([&](const Life& life) {
        if (life.closed_at_fault_end) return;
        ++waiting;
        lag += life.closed_for_good ? to_seconds(*life.closed_for_good - *windows.last_fault_end) : never;
    });
    sheet.add_ratio(Metric::breaker_reopen_lag, lag, waiting);
}

/// Seconds from the start of the run to a time in which nothing was wrong and the service had room, by whole bins.
class WellTime {
public:
    explicit WellTime(const ClientView& view) : bin_s_(view.windows.bin_s) {
        const double capacity = view.service.capacity_per_s * bin_s_;
        const BinRange& measured = view.windows.measured;
        for (std::size_t i = 0; i < measured.last; ++i) {
            const bool well = i >= measured.first && !view.windows.in_fault(i) &&
                              static_cast<double>(view.service.bins[i].total()) <= capacity;
            until_.push_back(until_.back() + (well ? bin_s_ : 0));
        }
    }
    [[nodiscard]] double until(Instant t) const {
        const double place = std::min(to_seconds(t) / bin_s_, static_cast<double>(until_.size() - 1));
        const auto bin = static_cast<std::size_t>(place);
        if (bin + 1 == until_.size()) return until_.back();
        return until_[bin] + (until_[bin + 1] - until_[bin]) * (place - static_cast<double>(bin));
    }

private:
    double bin_s_;
    std::vector<double> until_{0.0};  ///< at the beginning of each bin, and at the end
};

/// Breaker-seconds open where nothing was wrong and the service had room; of a whole run, summed over its populations.
double false_open(const ClientView& view) {
    double seconds = 0;
    for (const ClientView& part : view.parts) seconds += false_open(part);
    if (!view.parts.empty()) return seconds;
    const WellTime well(view);
    std::map<std::uint32_t, Instant> open_since;
    const auto close = [&](Instant since, Instant now) { seconds += well.until(now) - well.until(since); };
    for (const BreakerRecord& record : view.breakers.records) {
        const BreakerTransition& change = record.transition;
        if (change.to == BreakerState::open) open_since[change.breaker] = record.at;
        if (change.from == BreakerState::open) close(open_since[change.breaker], record.at);
        if (change.from == BreakerState::open) open_since.erase(change.breaker);
    }
    for (const auto& [breaker, since] : open_since) close(since, Instant{} + view.run.duration);
    return seconds;
}

/// Most breakers that went half-open in one bin; one that did so more than once in it counts once.
std::size_t most_probing(const ClientView& view) {
    std::set<std::uint32_t> probing;
    std::size_t bin = 0;
    std::size_t most = 0;
    for (const BreakerRecord& record : view.breakers.records) {
        if (record.transition.to != BreakerState::half_open) continue;
        const auto in = static_cast<std::size_t>(record.at.time_since_epoch() / view.run.bin);
        if (in < view.windows.measured.first || in >= view.windows.measured.last) continue;
        if (in != bin) probing.clear();
        bin = in;
        probing.insert(record.transition.breaker);
        most = std::max(most, probing.size());
    }
    return most;
}

}  // namespace

void add_breakers(const ClientView& view, Sheet& sheet) {
    if (view.breakers.count == 0) return;
    const auto count = static_cast<double>(view.breakers.count);
    const Lives lives(view);
    sheet.add(Metric::breaker_transitions, lives.transitions());
    sheet.add(Metric::breaker_flaps, lives.flaps());
    sheet.add_ratio(Metric::breaker_flaps_per_minute, static_cast<double>(lives.flaps()) * 60,
                    count * lives.measured_s());
    sheet.add_ratio(Metric::breaker_share_closed, lives.seconds(BreakerState::closed), count * lives.measured_s());
    sheet.add_ratio(Metric::breaker_share_open, lives.seconds(BreakerState::open), count * lives.measured_s());
    sheet.add_ratio(Metric::breaker_share_half_open, lives.seconds(BreakerState::half_open),
                    count * lives.measured_s());
    add_opening(lives, view.windows, sheet);
    sheet.add(Metric::breaker_false_open, false_open(view));
    add_reopen_lag(lives, view.windows, sheet);
    sheet.add(Metric::breaker_probe_sync, static_cast<double>(most_probing(view)) / count);
}

}  // namespace stampede::sim
