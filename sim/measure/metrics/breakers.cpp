#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "sim/measure/metrics/sheet.hpp"

namespace stampede::sim {
namespace {

/// Something of each breaker that moved, by its number: in one piece, since a run may have millions of changes.
template <class T>
class OfEachMoved {
public:
    explicit OfEachMoved(const std::vector<BreakerRecord>& records) {
        if (records.empty()) return;
        const auto lower = [](const BreakerRecord& a, const BreakerRecord& b) {
            return a.transition.breaker < b.transition.breaker;
        };
        const auto [least, most] = std::minmax_element(records.begin(), records.end(), lower);
        first_ = least->transition.breaker;
        all_.resize(most->transition.breaker - first_ + std::size_t{1});
    }

    [[nodiscard]] T& operator[](std::uint32_t breaker) { return all_[breaker - first_]; }
    /// Those of breakers between them that did not move are there too, as they began.
    [[nodiscard]] auto begin() const noexcept { return all_.begin(); }
    [[nodiscard]] auto end() const noexcept { return all_.end(); }
    [[nodiscard]] auto begin() noexcept { return all_.begin(); }
    [[nodiscard]] auto end() noexcept { return all_.end(); }

private:
    std::uint32_t first_ = 0;
    std::vector<T> all_;
};

/// What one breaker went through.
struct Life {
    bool moved = false;
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
    explicit Lives(const ClientView& view)
        : view_(view), measured_from_(Instant{} + view.run.warmup), lives_(view.breakers.records) {
        for (const BreakerRecord& record : view.breakers.records) follow(record);
        mark_fault_end(Instant{} + view.run.duration);
        for (Life& life : lives_)
            if (life.moved) spend(life, Instant{} + view.run.duration, measured_from_);
    }

    [[nodiscard]] std::uint64_t transitions() const noexcept { return transitions_; }
    [[nodiscard]] std::uint64_t flaps() const noexcept { return flaps_; }

    /// Breaker-seconds; breakers that never moved were closed all the time.
    [[nodiscard]] double seconds(BreakerState state) const {
        double sum = 0;
        std::size_t moved = 0;
        for_each_moved([&](const Life& life) {
            sum += life.seconds[static_cast<std::size_t>(state)];
            ++moved;
        });
        if (state != BreakerState::closed) return sum;
        return sum + static_cast<double>(view_.breakers.count - moved) * measured_s();
    }
    [[nodiscard]] double measured_s() const { return to_seconds(view_.run.duration - view_.run.warmup); }

    template <class Visit>
    void for_each_moved(Visit&& visit) const {
        for (const Life& life : lives_)
            if (life.moved) visit(life);
    }

private:
    void follow(const BreakerRecord& record) {
        mark_fault_end(record.at);
        Life& life = lives_[record.transition.breaker];
        life.moved = true;
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
        for (Life& life : lives_) life.closed_at_fault_end = life.state == BreakerState::closed;
        fault_end_marked_ = true;
    }

    const ClientView& view_;
    Instant measured_from_;
    OfEachMoved<Life> lives_;
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
    OfEachMoved<std::optional<Instant>> open_since(view.breakers.records);
    const auto close = [&](std::optional<Instant>& since, Instant now) {
        seconds += well.until(now) - well.until(since.value_or(Instant{}));
        since.reset();
    };
    for (const BreakerRecord& record : view.breakers.records) {
        const BreakerTransition& change = record.transition;
        if (change.to == BreakerState::open) open_since[change.breaker] = record.at;
        if (change.from == BreakerState::open) close(open_since[change.breaker], record.at);
    }
    for (auto& since : open_since)
        if (since) close(since, Instant{} + view.run.duration);
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
