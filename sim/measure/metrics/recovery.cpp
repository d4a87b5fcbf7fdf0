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

}  // namespace

void add_recovery(const ClientView& view, Sheet& sheet) {
    const Windows& windows = view.windows;
    const auto window = windows.after_faults();
    const std::size_t lasting = bins_to_last(windows);
    if (!window || window->size() < lasting || windows.baseline.empty()) return;

    const std::vector<ClientBin>& bins = view.tally.bins;
    const double before = successes(bins, windows.baseline.first, windows.baseline.last);
    const double wanted = 0.99 * before / static_cast<double>(windows.baseline.size()) * static_cast<double>(lasting);
    const double time = time_to_recover(bins, *window, lasting, wanted, windows.bin_s);
    sheet.add(Metric::recovery_time, time);

    double requests = 0;
    for (std::size_t i = window->first; i < window->last; ++i) requests += bins[i].requests;
    const double offered_per_s = requests / (static_cast<double>(window->size()) * windows.bin_s);
    const bool metastable = time == never && offered_per_s <= view.service.capacity_per_s;
    sheet.add(Metric::recovery_metastable, metastable ? 1.0 : 0.0);
}

}  // namespace stampede::sim
