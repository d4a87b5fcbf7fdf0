#include "reports/hgrm/hgrm.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>

#include "reports/text/width.hpp"
#include "sim/measure/histogram.hpp"

namespace stampede::reports {
namespace {

constexpr double ms_per_s = 1e3;

/// Lines for every halving of the distance to 100 %, as HdrHistogram's own default.
constexpr double ticks_per_half_distance = 5;

std::uint64_t total_of(const sim::LatencyHistogram& histogram) {
    std::uint64_t total = 0;
    for (std::uint64_t count : histogram.counts) total += count;
    return total;
}

/// The percentile that follows `percentile` (0…100): PercentileIterator.incrementIterationLevel of HdrHistogram 2.1.
double next_level(double percentile) {
    const double halvings = std::floor(std::log2(100 / (100 - percentile))) + 1;
    return percentile + 100 / (ticks_per_half_distance * std::exp2(halvings));
}

std::string line(double upper_ms, double percentile, std::uint64_t count) {
    return fmt::format("{:12.3f} {:2.12f} {:10d} {:14.2f}\n", upper_ms, percentile / 100, count,
                       1 / (1 - percentile / 100));
}

/// A bucket has a line for every level that it reaches; the last one, which reaches them all, for the next and for 100
/// %.
std::string lines(const sim::LatencyHistogram& histogram, std::uint64_t total) {
    std::string out;
    double level = 0;
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
        seen += histogram.counts[i];
        const double upper_ms = histogram.upper_s[i] * ms_per_s;
        if (seen == total)
            return out + line(upper_ms, level, seen) + fmt::format("{:12.3f} {:2.12f} {:10d}\n", upper_ms, 1.0, seen);
        const double reached = 100 * static_cast<double>(seen) / static_cast<double>(total);
        for (; level <= reached; level = next_level(level)) out += line(upper_ms, level, seen);
    }
    return out;
}

struct Spread {
    double mean_s;
    double standard_deviation_s;
};

/// As HdrHistogram has it: of the middles of the buckets, over n and not n - 1.
Spread spread_of(const sim::LatencyHistogram& histogram, std::uint64_t total) {
    double sum = 0;
    for (std::size_t i = 0; i < histogram.counts.size(); ++i)
        sum += sim::Histogram::middle_below_s(histogram.upper_s[i]) * static_cast<double>(histogram.counts[i]);
    const double mean = sum / static_cast<double>(total);
    double squares = 0;
    for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
        const double distance = sim::Histogram::middle_below_s(histogram.upper_s[i]) - mean;
        squares += distance * distance * static_cast<double>(histogram.counts[i]);
    }
    return {mean, std::sqrt(squares / static_cast<double>(total))};
}

std::string footer(const sim::LatencyHistogram& histogram, std::uint64_t total) {
    const Spread spread = spread_of(histogram, total);
    return fmt::format(
        "#[Mean    = {:12.3f}, StdDeviation   = {:12.3f}]\n"
        "#[Max     = {:12.3f}, Total count    = {:12d}]\n"
        "#[Buckets = {:12d}, SubBuckets     = {:12d}]\n",
        spread.mean_s * ms_per_s, spread.standard_deviation_s * ms_per_s, histogram.upper_s.back() * ms_per_s, total,
        sim::Histogram::octaves, sim::Histogram::sub_count);
}

std::string distribution(const sim::LatencyHistogram& histogram) {
    const std::uint64_t total = total_of(histogram);
    if (total == 0) return {};
    return fmt::format("{:>12} {:>14} {:>10} {:>14}\n\n", "Value", "Percentile", "TotalCount", "1/(1-Percentile)") +
           lines(histogram, total) + footer(histogram, total);
}

}  // namespace

std::string render_hgrm(const Report& report) {
    std::string out = "#[Latency of successful requests in milliseconds]\n";
    for (const Summary& variant : report.variants) {
        out += fmt::format("#[Variant = {}]\n", plain(variant.name));
        for (const sim::LatencyHistogram& histogram : variant.latencies)
            if (histogram.subject.empty()) out += distribution(histogram);
    }
    return out;
}

}  // namespace stampede::reports
