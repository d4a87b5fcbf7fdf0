#include <algorithm>

#include "sim/measure/metrics/sheet.hpp"

namespace stampede::sim {
namespace {

/// What reached a service in a window, as shares of what it could do there.
struct LoadShares {
    double busiest = 0;  ///< over any 5 s
    double offered = 0;  ///< first attempts
    double arriving = 0;
};

double busiest(const ServiceView& view, const BinRange& since) {
    const std::vector<ServiceBin>& bins = view.tally.bins;
    const std::size_t lasting = std::min(bins_to_last(view.windows), since.size());
    double busy = 0;
    for (std::size_t i = since.first; i < since.first + lasting; ++i) busy += bins[i].busy_worker_s;
    double most = busy;
    for (std::size_t next = since.first + lasting; next < since.last; ++next) {
        busy += bins[next].busy_worker_s - bins[next - lasting].busy_worker_s;
        most = std::max(most, busy);
    }
    // Sums of differences stray by rounding: no worker is busier than always.
    return std::min(1.0, most / (view.tally.workers * static_cast<double>(lasting) * view.windows.bin_s));
}

LoadShares loads_of(const ServiceView& view, const BinRange& since, const BinRange& after) {
    LoadShares most;
    for (const ServiceView& part : view.parts) {
        const LoadShares shares = loads_of(part, since, after);
        most.busiest = std::max(most.busiest, shares.busiest);
        most.offered = std::max(most.offered, shares.offered);
        most.arriving = std::max(most.arriving, shares.arriving);
    }
    if (!view.parts.empty()) return most;
    double first = 0;
    double all = 0;
    for (std::size_t i = after.first; i < after.last; ++i) {
        first += view.tally.bins[i].arrivals[0];
        all += static_cast<double>(view.tally.bins[i].total());
    }
    const double possible = view.tally.capacity_per_s * static_cast<double>(after.size()) * view.windows.bin_s;
    return {busiest(view, since), first / possible, all / possible};
}

}  // namespace

void add_load(const ServiceView& view, Sheet& sheet) {
    const Windows& windows = view.windows;
    const BinRange since =
        windows.faults.empty() ? windows.measured : BinRange{windows.faults.front().first, windows.measured.last};
    const BinRange after = windows.faults.empty() ? windows.measured : windows.after_faults.value_or(BinRange{});
    if (since.empty()) return;
    const LoadShares shares = loads_of(view, since, after);
    sheet.add(Metric::service_busiest, shares.busiest);
    if (after.empty()) return;
    sheet.add(Metric::service_offered_load, shares.offered);
    sheet.add(Metric::service_arriving_load, shares.arriving);
}

}  // namespace stampede::sim
