#include <algorithm>

#include "sim/measure/metrics/sheet.hpp"

namespace stampede::sim {
namespace {

/// What a bin holds in quiet times, on average: all arrivals of the baseline. Without a fault nothing marks quiet times
/// off, and retries must not raise the measure that they are held against: then only first attempts count.
double usual_arrivals(const std::vector<ServiceBin>& bins, const Windows& windows) {
    const BinRange& range = windows.baseline;
    double sum = 0;
    for (std::size_t i = range.first; i < range.last; ++i)
        sum += static_cast<double>(windows.first_fault_begin ? bins[i].total() : bins[i].arrivals[0]);
    return range.empty() ? 0 : sum / static_cast<double>(range.size());
}

/// All bins of the recovery windows, in order.
std::vector<std::size_t> recovery_bins(const Windows& windows) {
    std::vector<std::size_t> bins;
    for (const BinRange& range : windows.recovery)
        for (std::size_t i = range.first; i < range.last; ++i) bins.push_back(i);
    return bins;
}

/// Arrivals above what the service can do, bin by bin; of a whole run, summed over its services.
double overshoot(const ServiceView& view, const std::vector<std::size_t>& window) {
    double sum = 0;
    for (const ServiceView& part : view.parts) sum += overshoot(part, window);
    if (!view.parts.empty()) return sum;
    const double capacity = view.tally.capacity_per_s * view.windows.bin_s;
    for (const std::size_t i : window) sum += std::max(0.0, static_cast<double>(view.tally.bins[i].total()) - capacity);
    return sum;
}

/// Variance / mean, with the sample variance (n - 1).
void add_dispersion(const std::vector<ServiceBin>& bins, const std::vector<std::size_t>& window, Sheet& sheet) {
    if (window.size() < 2) return;
    double mean = 0;
    for (const std::size_t i : window) mean += static_cast<double>(bins[i].total());
    mean /= static_cast<double>(window.size());
    double squares = 0;
    for (const std::size_t i : window) {
        const double deviation = static_cast<double>(bins[i].total()) - mean;
        squares += deviation * deviation;
    }
    sheet.add_ratio(Metric::herd_dispersion, squares / static_cast<double>(window.size() - 1), mean);
}

/// The smallest length that at least 95 % of the bins of the range do not exceed.
std::uint32_t queue_p95(const std::vector<ServiceBin>& bins, const BinRange& range) {
    std::vector<std::uint32_t> lengths;
    for (std::size_t i = range.first; i < range.last; ++i) lengths.push_back(bins[i].queued);
    std::sort(lengths.begin(), lengths.end());
    const std::size_t rank = (lengths.size() * 95 + 99) / 100;
    return lengths[rank - 1];
}

void add_drain_time(const ServiceView& view, Sheet& sheet) {
    const auto& window = view.windows.after_faults;
    const std::size_t lasting = bins_to_last(view.windows);
    if (!window || window->size() < lasting || view.windows.baseline.empty()) return;
    const std::uint32_t usual = queue_p95(view.tally.bins, view.windows.baseline);
    const std::size_t allowed = lasting / 10;  // bins above, among those of the next 5 s
    const auto above = [&](std::size_t i) { return view.tally.bins[i].queued > usual ? std::size_t{1} : 0; };

    std::size_t exceeding = 0;
    for (std::size_t i = 0; i < lasting; ++i) exceeding += above(window->first + i);
    for (std::size_t start = window->first;; ++start) {
        if (exceeding <= allowed && above(start) == 0)
            return sheet.add(Metric::herd_drain_time, static_cast<double>(start - window->first) * view.windows.bin_s);
        if (start + lasting >= window->last) break;
        exceeding = exceeding - above(start) + above(start + lasting);
    }
    sheet.add(Metric::herd_drain_time, never);
}

}  // namespace

void add_herd(const ServiceView& view, Sheet& sheet) {
    const std::vector<ServiceBin>& bins = view.tally.bins;
    const std::vector<std::size_t> window = recovery_bins(view.windows);
    sheet.add(Metric::arrivals_peak_per_s, view.tally.peak_per_second);
    if (!window.empty()) {
        const auto fuller = [&](std::size_t a, std::size_t b) { return bins[a].total() < bins[b].total(); };
        const ServiceBin& peak = bins[*std::max_element(window.begin(), window.end(), fuller)];
        sheet.add_ratio(Metric::herd_peak_ratio, static_cast<double>(peak.total()), usual_arrivals(bins, view.windows));
        sheet.add_indexed(Metric::herd_peak_100ms_by_attempt, {peak.arrivals.begin(), peak.arrivals.end()});

        sheet.add(Metric::herd_overshoot, overshoot(view, window));
        add_dispersion(bins, window, sheet);
    }
    add_drain_time(view, sheet);
}

}  // namespace stampede::sim
