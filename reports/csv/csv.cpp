#include "reports/csv/csv.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "reports/text/digits.hpp"

namespace stampede::reports {
namespace {

/// RFC 4180, section 2, rules 5 to 7.
std::string field(std::string_view text) {
    if (text.find_first_of("\",\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

/// All digits that matter: reads back as the same number.
std::string exact(double value) { return std::isnan(value) ? std::string{} : fmt::format("{}", value); }

/// Counted in nanoseconds: three times 0.1 would be 0.30000000000000004.
double bin_start_s(double bin_s, std::size_t bin) {
    return to_seconds(from_seconds(bin_s) * static_cast<std::int64_t>(bin));
}

}  // namespace

std::string render_csv(const Report& report) {
    std::string out = "variant,subject,metric,unit,seed,value\r\n";
    for (const Summary& variant : report.variants)
        for (const Quantity& quantity : variant.quantities) {
            const MetricInfo& metric = info(quantity.metric);
            const std::string head = fmt::format("{},{},{},{},", field(variant.name), field(quantity.subject),
                                                 field(metric.name), field(to_string(metric.unit)));
            for (std::size_t i = 0; i < quantity.per_seed.size(); ++i)
                fmt::format_to(std::back_inserter(out), "{}{},{}\r\n", head, variant.seeds[i],
                               exact(quantity.per_seed[i]));
        }
    return out;
}

std::string render_series_csv(const Report& report) {
    std::string out = "variant,subject,series,unit,bin_start_s,mean,lo,hi\r\n";
    for (const Summary& variant : report.variants)
        for (const SeriesSummary& series : variant.series) {
            const std::string head = fmt::format("{},{},{},{},", field(variant.name), field(series.subject),
                                                 field(series.name), field(series.unit));
            for (std::size_t i = 0; i < series.bins.size(); ++i) {
                const Estimate& bin = series.bins[i];
                fmt::format_to(std::back_inserter(out), "{}{},{},{},{}\r\n", head, bin_start_s(variant.bin_s, i),
                               exact(six_digits(bin.mean)), exact(six_digits(bin.lo)), exact(six_digits(bin.hi)));
            }
        }
    return out;
}

}  // namespace stampede::reports
