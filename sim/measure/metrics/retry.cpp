#include <limits>
#include <numeric>

#include "sim/measure/metrics/sheet.hpp"

namespace stampede::sim {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// As long as the last place that holds anything.
template <class Counts>
std::size_t used(const Counts& counts) {
    std::size_t length = counts.size();
    while (length > 0 && counts[length - 1] == 0) --length;
    return length;
}

template <class Counts>
std::vector<double> as_list(const Counts& counts) {
    return {counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(used(counts))};
}

/// numerators[i] / denominators[i]
template <class Numerators, class Denominators>
std::vector<double> quotients(const Numerators& numerators, const Denominators& denominators) {
    std::vector<double> list;
    for (std::size_t i = 0; i < used(denominators); ++i)
        list.push_back(denominators[i] > 0 ? static_cast<double>(numerators[i]) / static_cast<double>(denominators[i])
                                           : nothing);
    return list;
}

void add_amplification(Metric metric, const std::vector<ClientBin>& bins, const std::vector<BinRange>& ranges,
                       Sheet& sheet) {
    std::uint64_t attempts = 0;
    std::uint64_t requests = 0;
    for (const BinRange& range : ranges) {
        for (std::size_t i = range.first; i < range.last; ++i) {
            attempts += bins[i].attempts;
            requests += bins[i].requests;
        }
    }
    sheet.add_ratio(metric, static_cast<double>(attempts), static_cast<double>(requests));
}

}  // namespace

void add_retry(const ClientView& view, Sheet& sheet) {
    const ClientTally& tally = view.tally;
    sheet.add_ratio(Metric::retry_amplification, static_cast<double>(tally.attempts),
                    static_cast<double>(tally.requests));
    if (view.windows.first_fault_begin) {
        add_amplification(Metric::retry_amplification_fault, tally.bins, view.windows.faults, sheet);
        add_amplification(Metric::retry_amplification_recovery, tally.bins, view.windows.recovery, sheet);
    }
    sheet.add_indexed(Metric::retry_attempts_histogram, as_list(tally.ended_after));
    sheet.add_indexed(Metric::retry_success_by_attempt, quotients(tally.answered, tally.tried));
    sheet.add(Metric::retry_backoff_total,
              std::accumulate(tally.delay_by_number.begin(), tally.delay_by_number.end(), 0.0));
}

void add_jitter(const ClientView& view, Sheet& sheet) {
    const ClientTally& tally = view.tally;
    if (tally.retries == 0) return;
    sheet.add_ratio(Metric::jitter_share_at_cap, static_cast<double>(tally.retries_at_cap),
                    static_cast<double>(tally.retries));
    sheet.add_indexed(Metric::jitter_delay_mean, quotients(tally.delay_by_number, tally.retries_by_number));
    Delays all{};
    for (const Delays& each : tally.delays) add_to(all, each);
    sheet.add_indexed(Metric::jitter_delay_histogram, as_list(all));
    for (std::size_t i = 0; i < used(tally.retries_by_number); ++i)
        sheet.add_indexed_part(Metric::jitter_delay_histogram, "retry." + std::to_string(i + 1),
                               as_list(tally.delays[i]));
}

}  // namespace stampede::sim
