#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/measure/metrics/sheet.hpp"

namespace stampede::sim {
namespace {

double successes(const std::vector<ClientBin>& bins, std::size_t first, std::size_t last) {
    double sum = 0;
    for (std::size_t i = first; i < last; ++i) sum += bins[i].succeeded;
    return sum;
}

/// Seconds from the end of the window's fault, or `never`.
double time_to_recover(const std::vector<ClientBin>& bins, const BinRange& window, std::size_t lasting, double wanted,
                       double bin_s) {
    double in_reach = successes(bins, window.first, window.first + lasting);
    for (std::size_t start = window.first;; ++start) {
        if (in_reach >= wanted) return static_cast<double>(start - window.first) * bin_s;
        if (start + lasting >= window.last) return never;
        in_reach += static_cast<double>(bins[start + lasting].succeeded) - static_cast<double>(bins[start].succeeded);
    }
}

/// Successes a bin before the first fault; nothing where there was no fault or no success.
std::optional<double> usual_goodput(const ClientView& view) {
    const BinRange& before = view.windows.baseline;
    if (view.windows.faults.empty() || before.empty()) return std::nullopt;
    const double sum = successes(view.tally.bins, before.first, before.last);
    if (sum == 0) return std::nullopt;
    return sum / static_cast<double>(before.size());
}

/// Seconds, `never`, or nothing where there is no telling: no fault, too little time after it, no successes before it.
std::optional<double> recovery_time(const ClientView& view) {
    const Windows& windows = view.windows;
    const auto& window = windows.after_faults;
    const std::size_t lasting = bins_to_last(windows);
    const std::optional<double> usual = usual_goodput(view);
    if (!window || window->size() < lasting || !usual) return std::nullopt;
    const double wanted = 0.99 * *usual * static_cast<double>(lasting);
    return time_to_recover(view.tally.bins, *window, lasting, wanted, windows.bin_s);
}

/// What the goodput of before the first fault would have brought since it began, less what came.
double lost_goodput(const ClientView& view, double usual) {
    const BinRange since{view.windows.faults.front().first, view.windows.measured.last};
    return usual * static_cast<double>(since.size()) - successes(view.tally.bins, since.first, since.last);
}

/// How far goodput falls, and when it begins to: second by second, from the first fault on.
void add_degradation(const ClientView& view, double usual, Sheet& sheet) {
    const Windows& windows = view.windows;
    const std::size_t second = bins_in(windows, 1);
    const BinRange since{windows.faults.front().first, windows.measured.last};
    if (since.size() < second) return;
    const double expected = usual * static_cast<double>(second);
    const double little = std::min(0.9 * expected, expected - 4 * std::sqrt(expected));
    double now = successes(view.tally.bins, since.first, since.first + second);
    double lowest = now;
    std::optional<std::size_t> degraded;
    for (std::size_t start = since.first;; ++start) {
        lowest = std::min(lowest, now);
        if (!degraded && now < little) degraded = start - since.first;
        if (start + second >= since.last) break;
        now += static_cast<double>(view.tally.bins[start + second].succeeded) -
               static_cast<double>(view.tally.bins[start].succeeded);
    }
    if (degraded) sheet.add(Metric::recovery_degraded_after, static_cast<double>(*degraded) * windows.bin_s);
    sheet.add(Metric::recovery_lowest_goodput, lowest / expected);
}

void add_goodput_at_end(const ClientView& view, double usual, Sheet& sheet) {
    const auto& window = view.windows.after_faults;
    const std::size_t lasting = bins_to_last(view.windows);
    if (!window || window->size() < lasting) return;
    sheet.add(Metric::recovery_goodput_at_end, successes(view.tally.bins, window->last - lasting, window->last) /
                                                   (usual * static_cast<double>(lasting)));
}

/// The service could do all first attempts that reach it after the fault, whoever sends them.
bool within_capacity(const ClientView& view) {
    const BinRange& window = *view.windows.after_faults;
    double first_attempts = 0;
    for (std::size_t i = window.first; i < window.last; ++i) first_attempts += view.service.bins[i].arrivals[0];
    return first_attempts <= view.service.capacity_per_s * static_cast<double>(window.size()) * view.windows.bin_s;
}

/// Of a whole run: one of its populations is.
bool is_metastable(const ClientView& view) {
    for (const ClientView& part : view.parts)
        if (is_metastable(part)) return true;
    return view.parts.empty() && recovery_time(view) == never && within_capacity(view);
}

}  // namespace

void add_recovery(const ClientView& view, Sheet& sheet) {
    if (const std::optional<double> usual = usual_goodput(view)) {
        sheet.add(Metric::recovery_lost_goodput, lost_goodput(view, *usual));
        add_degradation(view, *usual, sheet);
        add_goodput_at_end(view, *usual, sheet);
    }
    const std::optional<double> time = recovery_time(view);
    if (!time) return;
    sheet.add(Metric::recovery_time, *time);
    sheet.add(Metric::recovery_metastable, is_metastable(view) ? 1.0 : 0.0);
}

}  // namespace stampede::sim
