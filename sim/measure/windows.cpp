#include "sim/measure/windows.hpp"

#include <algorithm>
#include <concepts>

#include "scenarios/format/faults/schedule.hpp"

namespace stampede::sim {
namespace {

struct Interval {
    Instant begin;
    Instant end;
};

std::vector<Interval> merged(const std::vector<FaultWindow>& faults) {
    std::vector<Interval> intervals;
    for (const auto& fault : faults) intervals.push_back({fault.begin, fault.end});
    std::sort(intervals.begin(), intervals.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
    std::vector<Interval> result;
    for (const auto& interval : intervals) {
        if (result.empty() || interval.begin > result.back().end)
            result.push_back(interval);
        else
            result.back().end = std::max(result.back().end, interval.end);
    }
    return result;
}

std::size_t bin_at_or_before(Instant t, Duration bin) {
    return static_cast<std::size_t>(t.time_since_epoch().count() / bin.count());
}

std::size_t bin_at_or_after(Instant t, Duration bin) {
    return static_cast<std::size_t>((t.time_since_epoch().count() + bin.count() - 1) / bin.count());
}

/// The later one is the same fault, stronger or weaker.
bool follows(const FaultWindow& earlier, const FaultWindow& later) {
    return earlier.end == later.begin && earlier.end > earlier.begin && earlier.kind == later.kind &&
           earlier.subject == later.subject && earlier.drawn == later.drawn && earlier.strength == later.strength;
}

double full_strength(const scenarios::Fault& fault) {
    return std::visit(
        []<class F>(const F& f) {
            if constexpr (std::derived_from<F, scenarios::FaultStrength>)
                return f.most;
            else
                return 1.0;
        },
        fault);
}

}  // namespace

bool Windows::in_fault(std::size_t bin) const noexcept {
    return std::any_of(faults.begin(), faults.end(), [&](const BinRange& f) { return bin >= f.first && bin < f.last; });
}

Windows windows_of(const scenarios::RunSettings& run, const std::vector<FaultWindow>& faults, std::size_t bins) {
    Windows windows;
    windows.bin_s = to_seconds(run.bin);
    windows.measured = {std::min(bin_at_or_after(Instant{} + run.warmup, run.bin), bins), bins};
    const std::vector<Interval> intervals = merged(faults);
    if (intervals.empty()) {
        windows.baseline = windows.measured;
        windows.recovery = {windows.measured};
        return windows;
    }
    const auto bin_of = [&](std::size_t bin) { return std::clamp(bin, windows.measured.first, bins); };
    windows.first_fault_begin = intervals.front().begin;
    windows.baseline = {windows.measured.first, bin_of(bin_at_or_before(intervals.front().begin, run.bin))};
    for (std::size_t i = 0; i < intervals.size(); ++i) {
        const std::size_t begin = bin_of(bin_at_or_before(intervals[i].begin, run.bin));
        const std::size_t end = bin_of(bin_at_or_after(intervals[i].end, run.bin));
        const bool is_last = i + 1 == intervals.size();
        const std::size_t next = is_last ? bins : bin_of(bin_at_or_before(intervals[i + 1].begin, run.bin));
        windows.faults.push_back({begin, end});
        if (next <= end) continue;
        windows.recovery.push_back({end, next});
        if (is_last) windows.after_faults = windows.recovery.back();
    }
    if (intervals.back().end < Instant{} + run.duration) windows.last_fault_end = intervals.back().end;
    return windows;
}

std::vector<FaultWindow> fault_windows(const scenarios::Scenario& scenario, const std::vector<scenarios::Fault>& faults,
                                       const std::vector<std::uint32_t>& drawn) {
    std::vector<FaultWindow> windows;
    for (std::size_t i = 0; i < faults.size(); ++i) {
        const std::size_t plain = faults.size() - drawn.size();
        FaultWindow window{std::string{scenarios::name_of(faults[i])}, scenarios::subject_of(faults[i]), {}, {}};
        if (i >= plain) window.drawn = static_cast<std::int32_t>(drawn[i - plain]);
        window.strength = full_strength(faults[i]);
        for (const auto& [begin, end] : scenarios::occurrences_of(faults[i], scenario)) {
            window.begin = Instant{} + begin;
            window.end = Instant{} + end;
            if (!windows.empty() && follows(windows.back(), window))
                windows.back().end = window.end;
            else
                windows.push_back(window);
        }
    }
    return windows;
}

}  // namespace stampede::sim
