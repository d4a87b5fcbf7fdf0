#pragma once
/// A breaker that is written for clarity alone: it remembers everything and recounts.

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "policies/breaker/settings.hpp"
#include "policies/core/observer.hpp"

namespace stampede::test {

struct Model {
    struct Seen {
        Instant at;
        bool failure;
        bool slow;
    };

    const BreakerSettings& settings;
    BreakerState state = BreakerState::closed;
    int era = 0;  // stays in states, and intervals
    int moves = 0;
    Instant since{};           // when the stay or the interval began
    std::vector<Seen> seen{};  // counted in it
    std::int64_t permits = 0;  // taken by trials

    void begin(Instant now) {
        ++era;
        since = now;
        seen.clear();
        permits = 0;
    }
    void become(BreakerState next, Instant now) {
        state = next;
        ++moves;
        begin(now);
    }
    void look_at_interval(Instant now) {
        if (state != BreakerState::closed || !settings.window || !settings.window->interval) return;
        if (now - since > *settings.window->interval) begin(now);
    }
    void look_at_clock(Instant now, bool call) {
        if (!settings.half_open.max_wait || state != BreakerState::half_open) return;
        const Instant end = since + *settings.half_open.max_wait;
        if (call ? end <= now : end < now)
            become(settings.half_open.after_wait == AfterWait::open ? BreakerState::open : BreakerState::closed, end);
    }

    bool admits(Instant now) {
        look_at_clock(now, true);
        look_at_interval(now);
        const Duration edge{settings.open_until == OpenUntil::passed ? 1 : 0};
        if (state == BreakerState::open && now >= since + settings.open_for + edge)
            become(BreakerState::half_open, now);
        if (state == BreakerState::open) return false;
        if (state == BreakerState::half_open) {
            if (permits >= settings.half_open.calls && settings.half_open.others == Others::refuse) return false;
            ++permits;
        }
        return true;
    }

    enum class How { counts, ignored, cut };
    void ends(int admitted_in, How how, bool failure, bool slow, Instant now) {
        look_at_clock(now, false);
        look_at_interval(now);
        const bool current = admitted_in == era;
        if (!current && (settings.stale == Stale::discarded || how == How::cut)) return;
        if (how != How::counts) {
            if (state == BreakerState::half_open) --permits;
            return;
        }
        seen.push_back({now, failure, slow});
        if (state == BreakerState::half_open) {
            if (current && settings.half_open.permits == Permits::at_once) --permits;
            return judge_trials(now);
        }
        if (state == BreakerState::closed && (failure || settings.judged_on == JudgedOn::outcome) && trips(now))
            become(BreakerState::open, now);
    }

    void judge_trials(Instant now) {
        const HalfOpenSettings& half_open = settings.half_open;
        const auto failed = std::count_if(seen.begin(), seen.end(), [](const Seen& each) { return each.failure; });
        if (half_open.decides == Decides::rates) {
            if (seen.size() < std::min(settings.minimum(), half_open.calls)) return;
            become(rates_reached(seen) ? BreakerState::open : BreakerState::closed, now);
        } else if (failed >= half_open.failures) {
            become(BreakerState::open, now);
        } else if (static_cast<std::int64_t>(seen.size()) - failed >= half_open.successes.value_or(half_open.calls)) {
            become(BreakerState::closed, now);
        }
    }

    [[nodiscard]] bool trips(Instant now) const {
        const auto good = [](const Seen& each) { return !each.failure; };
        const auto run = std::find_if(seen.rbegin(), seen.rend(), good) - seen.rbegin();
        const std::optional<std::uint32_t> most = settings.consecutive_limit();
        if (most && run >= *most) return true;
        if (!settings.window) return false;
        if (settings.window->average) return seen.size() >= settings.minimum() && average_reached();
        const std::vector<Seen> held = window(now);
        const auto failed = std::count_if(held.begin(), held.end(), [](const Seen& each) { return each.failure; });
        if (settings.failure_count && failed >= *settings.failure_count) return true;
        return held.size() >= settings.minimum() && rates_reached(held);
    }

    [[nodiscard]] std::vector<Seen> window(Instant now) const {
        if (settings.window->interval) return seen;
        if (settings.window->count) {
            const auto size = std::min<std::size_t>(*settings.window->count, seen.size());
            return {seen.end() - static_cast<std::ptrdiff_t>(size), seen.end()};
        }
        const Duration width = *settings.window->time / settings.buckets.at_least;
        std::vector<Seen> held;
        std::vector<Instant> starts;  // of the bucket of each
        for (const Seen& each : seen) {
            const bool new_one = starts.empty() || each.at - starts.back() >= width;
            const Duration late = each.at.time_since_epoch() % width;
            if (settings.buckets.turn == BucketTurn::clock)
                starts.push_back(each.at - late);
            else
                starts.push_back(new_one ? each.at : starts.back());
        }
        std::vector<Instant> distinct = starts;
        distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
        for (std::size_t i = 0; i < seen.size(); ++i) {
            const auto place = std::find(distinct.begin(), distinct.end(), starts[i]);
            const bool kept = settings.buckets.turn == BucketTurn::one_a_call
                                  ? distinct.end() - place <= settings.buckets.at_least
                                  : now - starts[i] < width * settings.buckets.at_least;
            if (kept) held.push_back(seen[i]);
        }
        return held;
    }

    [[nodiscard]] bool reached(double rate, const std::optional<double>& limit) const {
        return limit && (settings.compare == Compare::above ? rate > *limit : rate >= *limit);
    }
    [[nodiscard]] bool rates_reached(const std::vector<Seen>& held) const {
        double failed = 0;
        double slow = 0;
        for (const Seen& each : held) {
            failed += each.failure ? 1 : 0;
            slow += each.slow ? 1 : 0;
        }
        const auto all = static_cast<double>(held.size());
        return reached(failed / all, settings.failure_rate_limit()) || reached(slow / all, settings.slow_rate_limit());
    }
    [[nodiscard]] bool average_reached() const {
        double failed = 0;
        double slow = 0;
        for (std::size_t i = 0; i < seen.size(); ++i) {
            const double weight = i == 0 ? 1 : 2 / (*settings.window->average + 1.0);
            failed += weight * ((seen[i].failure ? 1.0 : 0.0) - failed);
            slow += weight * ((seen[i].slow ? 1.0 : 0.0) - slow);
        }
        return reached(failed, settings.failure_rate_limit()) || reached(slow, settings.slow_rate_limit());
    }
};

}  // namespace stampede::test
