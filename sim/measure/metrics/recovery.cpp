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

/// Successes of so many bins from each bin of a range on, as far as they lie in it.
std::vector<double> sliding(const std::vector<ClientBin>& bins, const BinRange& range, std::size_t length) {
    std::vector<double> sums;
    if (range.size() < length) return sums;
    double sum = successes(bins, range.first, range.first + length);
    sums.push_back(sum);
    for (std::size_t next = range.first + length; next < range.last; ++next) {
        sum += static_cast<double>(bins[next].succeeded) - static_cast<double>(bins[next - length].succeeded);
        sums.push_back(sum);
    }
    return sums;
}

/// A second with fewer successes is a bad one: below 90 % of the usual by more than chance, and among the worst 5 %
/// from before the first fault, since loads can come and go by themselves.
double fewest_of_a_good_second(const ClientView& view, double usual) {
    const std::size_t second = bins_in(view.windows, 1);
    const double expected = usual * static_cast<double>(second);
    const double fewest = std::min(0.9 * expected, expected - 4 * std::sqrt(expected));
    std::vector<double> before = sliding(view.tally.bins, view.windows.baseline, second);
    if (before.empty()) return fewest;
    const auto worst = before.begin() + static_cast<std::ptrdiff_t>((before.size() - 1) / 20);
    std::nth_element(before.begin(), worst, before.end());
    return std::min(fewest, *worst);
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
    const double fewest = fewest_of_a_good_second(view, *usual);
    const std::size_t second = bins_in(windows, 1);
    const std::vector<double> seconds = sliding(view.tally.bins, *window, second);
    const std::vector<double> in_reach = sliding(view.tally.bins, *window, lasting);
    std::optional<std::size_t> found;
    std::size_t good = 0;                                     // seconds in a row, from here on
    for (std::size_t start = seconds.size(); start-- > 0;) {  // the one found last is the earliest
        good = seconds[start] < fewest ? 0 : good + 1;
        if (good + second > lasting && start < in_reach.size() && in_reach[start] >= wanted) found = start;
    }
    return found ? static_cast<double>(*found) * windows.bin_s : never;
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
    const double fewest = fewest_of_a_good_second(view, usual);
    const std::vector<double> seconds = sliding(view.tally.bins, since, second);
    const auto degraded =
        std::find_if(seconds.begin(), seconds.end(), [&](double successes) { return successes < fewest; });
    if (degraded != seconds.end())
        sheet.add(Metric::recovery_degraded_after, static_cast<double>(degraded - seconds.begin()) * windows.bin_s);
    sheet.add(Metric::recovery_lowest_goodput,
              *std::min_element(seconds.begin(), seconds.end()) / (usual * static_cast<double>(second)));
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
