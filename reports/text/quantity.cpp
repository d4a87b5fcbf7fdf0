#include "reports/text/quantity.hpp"

#include <fmt/format.h>

#include <cmath>

namespace stampede::reports {
namespace {

/// What a number is divided by, and what is written behind it.
struct Scale {
    double unit = 1;
    std::string_view suffix;
    bool whole = false;  ///< counted things have no decimals
};

Scale scale_of_seconds(double size) {
    if (size == 0) return {1, " s"};
    if (size < 0.9995e-3) return {1e-6, " µs"};
    if (size < 0.9995) return {1e-3, " ms"};
    if (size < 1000) return {1, " s"};
    if (size < 7200) return {60, " min"};
    return {3600, " h"};
}

struct Thousands {
    double unit;
    std::string_view count;
    std::string_view per_second;
    std::string_view per_minute;
    std::string_view ratio;
};

constexpr Thousands thousands[] = {{1e9, "G", "G/s", "G/min", "G×"},
                                   {1e6, "M", "M/s", "M/min", "M×"},
                                   {1e3, "k", "k/s", "k/min", "k×"},
                                   {1, "", "/s", "/min", "×"}};

Scale scale_of(double value, Unit unit) {
    const double size = std::abs(value);
    if (unit == Unit::seconds) return scale_of_seconds(size);
    if (unit == Unit::share) return {0.01, " %"};
    // Four digits are read more easily than "1.23k".
    const Thousands* step = thousands;
    while (step->unit > 1 && size < 9.9995 * step->unit) ++step;
    switch (unit) {
        case Unit::per_second:
            return {step->unit, step->per_second};
        case Unit::per_minute:
            return {step->unit, step->per_minute};
        case Unit::ratio:
            return {step->unit, step->ratio};
        default:
            return {step->unit, step->count, step->unit == 1};
    }
}

/// Three significant digits, and none behind the point from 100 on.
int decimals_of(double scaled) {
    const double size = std::abs(scaled);
    if (size >= 99.95) return 0;
    if (size >= 9.995) return 1;
    if (size >= 0.9995 || size == 0) return 2;
    return 3;
}

int decimals_of(double value, const Scale& scale) {
    const double scaled = value / scale.unit;
    if (scale.whole && scaled == std::round(scaled)) return 0;
    return decimals_of(scaled);
}

/// The smallest numbers would read as zero: they get an exponent.
std::string digits(double scaled, int decimals) {
    if (scaled != 0 && std::abs(scaled) < 0.0005) return fmt::format("{:.1e}", scaled);
    return fmt::format("{:.{}f}", scaled, decimals);
}

/// Half a width that would read as zero gets one decimal more; "±0" means exactly that.
std::string half_digits(double scaled, int decimals, double size) {
    if (scaled <= 1e-12 * size) return "0";  // what rounding leaves of equal values
    const bool reads_as_zero = scaled * std::pow(10.0, decimals) < 0.5;
    return fmt::format("{:.{}f}", scaled, decimals + (reads_as_zero ? 1 : 0));
}

std::string with_half_width(double value, double half, Unit unit, std::string_view suffix = {}) {
    const Scale scale = scale_of(value == 0 ? half : value, unit);
    const double scaled = value / scale.unit;
    if (scaled > 0 && scaled < 0.0005) return fmt::format("<0.001{}", scale.suffix);
    // A whole mean with an uncertain fraction is no count any more.
    const int decimals = scale.whole && half > 0 ? decimals_of(scaled) : decimals_of(value, scale);
    std::string text = digits(scaled, decimals);
    // "234 ±1k" would read as 234.
    if (half == half && unit == Unit::count) text += scale.suffix;
    if (half == half) text += " ±" + half_digits(half / scale.unit, decimals, std::abs(scaled));
    return text + std::string(suffix.empty() ? scale.suffix : suffix);
}

std::string how_often(std::string_view what, std::size_t times, std::size_t of) {
    return times == of ? fmt::format("{}", what) : fmt::format("{} {}/{}", what, times, of);
}

}  // namespace

std::string readable(double value, Unit unit) {
    if (std::isnan(value)) return "–";
    if (std::isinf(value)) return "never";
    if (unit == Unit::yes_no && (value == 0 || value == 1)) return value == 0 ? "no" : "yes";
    const Scale scale = scale_of(value, unit);
    return digits(value / scale.unit, decimals_of(value, scale)) + std::string(scale.suffix);
}

std::string readable(const Estimate& estimate, Unit unit) {
    if (!estimate.has_value()) return "–";
    if (estimate.nevers > 0) return how_often("never", estimate.nevers, estimate.count);
    if (unit == Unit::yes_no) {
        const auto yes = static_cast<std::size_t>(std::lround(estimate.mean * static_cast<double>(estimate.count)));
        return yes == 0 ? "no" : how_often("yes", yes, estimate.count);
    }
    if (!estimate.has_interval()) return readable(estimate.mean, unit);
    return with_half_width(estimate.mean, estimate.half_width(), unit);
}

std::string readable_difference(double difference, double half_width, Unit unit) {
    if (unit == Unit::share) return with_half_width(difference, half_width, unit, " percentage points");
    return with_half_width(difference, half_width, unit == Unit::yes_no ? Unit::count : unit);
}

std::string readable_value(const ThresholdResult& result) {
    if (std::isnan(result.value)) return "no value";
    const auto metric = find_metric(result.metric);
    return readable(result.value, metric ? info(*metric).unit : Unit::count);
}

std::string readable_p(double p) { return p < 0.001 ? "p < 0.001" : fmt::format("p = {:.3f}", p); }

}  // namespace stampede::reports
