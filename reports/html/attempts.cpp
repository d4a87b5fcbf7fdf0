#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "reports/html/markup.hpp"
#include "reports/html/plot.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/thin.hpp"
#include "reports/html/variants.hpp"
#include "reports/text/quantity.hpp"

namespace stampede::reports::html {
namespace {

constexpr std::size_t columns = 300;
constexpr std::size_t most_attempts = 64;

/// A wave and the usual load are often two powers of ten apart: shades begin at 1, 3, 10, 30, … a second.
constexpr std::size_t shades = 7;

/// The rates above which each shade begins.
using Bounds = std::array<double, shades>;

/// The last of them is the highest such number below `top`.
Bounds bounds_below(double top) {
    Bounds bounds{};
    const double power = std::pow(10.0, std::floor(std::log10(top)));
    bool is_three = top > 3 * power;
    double bound = is_three ? 3 * power : power;
    for (std::size_t i = shades; i-- > 0;) {
        bounds[i] = bound;
        bound /= is_three ? 3 : 10.0 / 3;
        is_three = !is_three;
    }
    bounds[0] = 0;
    return bounds;
}

/// One row an attempt number, from the first.
std::vector<const SeriesSummary*> rows_of(const Summary& variant) {
    std::vector<const SeriesSummary*> rows;
    for (std::size_t k = 1; k <= most_attempts; ++k) {
        const SeriesSummary* row = variant.find_series(fmt::format("arrivals_by_attempt.{}", k));
        if (!row) break;
        rows.push_back(row);
    }
    return rows;
}

enum class Shown { highest, mean };

/// A part of a run.
struct Bins {
    std::size_t first;
    std::size_t last;  ///< behind the last
    double bin_s;

    [[nodiscard]] double begin_s() const { return static_cast<double>(first) * bin_s; }
    [[nodiscard]] double length_s() const { return static_cast<double>(last - first) * bin_s; }
};

std::vector<double> columns_of(const SeriesSummary& series, const Bins& bins, Shown shown) {
    const std::size_t per_column = bins_a_column(bins.last - bins.first, columns);
    std::vector<double> values;
    for (std::size_t first = bins.first; first < bins.last; first += per_column) {
        const std::size_t last = std::min(bins.last, first + per_column);
        double sum = 0;
        double most = 0;
        for (std::size_t i = first; i < last; ++i) {
            const double value = i < series.bins.size() ? series.bins[i].mean : 0;
            sum += value;
            most = std::fmax(most, value);
        }
        values.push_back((shown == Shown::mean ? sum / static_cast<double>(last - first) : most) / bins.bin_s);
    }
    return values;
}

/// 0 is nothing at all.
std::size_t shade_of(double value, const Bounds& bounds) {
    std::size_t shade = 0;
    while (shade < shades && value > bounds[shade]) ++shade;
    return shade;
}

/// Neighbours of one shade are one rectangle.
void add_row(std::array<Path, shades + 1>& paths, const std::vector<double>& values, double y, double height,
             const Bounds& bounds) {
    const double width = side / static_cast<double>(values.size());
    for (std::size_t first = 0; first < values.size();) {
        const std::size_t shade = shade_of(values[first], bounds);
        std::size_t last = first + 1;
        while (last < values.size() && shade_of(values[last], bounds) == shade) ++last;
        if (shade > 0)
            paths[shade].rectangle(static_cast<double>(first) * width, y, static_cast<double>(last - first) * width,
                                   height);
        first = last;
    }
}

/// All maps have room for `most_rows`, so that rows can be compared.
std::string marks_of(const std::vector<const SeriesSummary*>& rows, std::size_t most_rows, const Bins& bins,
                     const Bounds& bounds, Shown shown) {
    std::array<Path, shades + 1> paths;
    const double height = side / static_cast<double>(most_rows);
    for (std::size_t k = 0; k < rows.size(); ++k)
        add_row(paths, columns_of(*rows[k], bins, shown), static_cast<double>(k) * height, height * 0.94, bounds);
    std::string out = fmt::format("<g class=\"{}\">", shown == Shown::mean ? "by-mean" : "by-highest");
    for (std::size_t shade = 1; shade <= shades; ++shade) out += paths[shade].element(fmt::format("h{}", shade));
    return out + "</g>";
}

std::string edges(const std::vector<sim::FaultWindow>& faults, const Bins& bins) {
    Path path;
    for (const sim::FaultWindow& fault : faults)
        for (Instant at : {fault.begin, fault.end}) {
            const double place = (to_seconds(at) - bins.begin_s()) / bins.length_s();
            if (place < 0 || place > 1) continue;
            path.move(place * side, 0);
            path.line(place * side, side);
        }
    return path.element("edge");
}

double highest_of(const Report& report) {
    double top = 0;
    for (const Summary& variant : report.variants)
        for (const SeriesSummary* row : rows_of(variant))
            for (const Estimate& bin : row->bins) top = std::fmax(top, bin.mean / variant.bin_s);
    return top;
}

std::string legend(const Bounds& bounds) {
    std::string out = "<p class=\"legend\">";
    for (std::size_t i = 0; i < shades; ++i) {
        const double bound = bounds[std::max<std::size_t>(i, 1)];
        out += fmt::format("<span class=\"key\"><i class=\"cell h{}\"></i>{} {}</span>\n", i + 1,
                           i == 0 ? "up to" : "over", tick_label(bound, bound, bound, Unit::per_second));
    }
    return out + "</p>\n";
}

std::string map_of(const Report& report, std::size_t i, std::size_t most_rows, const Bounds& bounds, const Bins& bins) {
    const Summary& variant = report.variants[i];
    const std::vector<const SeriesSummary*> rows = rows_of(variant);
    if (rows.empty() || bins.first >= bins.last) return {};
    std::vector<std::string> names;
    for (std::size_t k = 1; k <= most_rows; ++k) names.push_back(std::to_string(k));
    const bool has_all_bins = bins_a_column(bins.last - bins.first, columns) == 1;
    Plot plot{Scale::span(bins.begin_s(), bins.begin_s() + bins.length_s()), Scale::names(names),
              marks_of(rows, most_rows, bins, bounds, Shown::highest),
              fmt::format("Arrivals by attempt number from {:.6g} s to {:.6g} s with {}", bins.begin_s(),
                          bins.begin_s() + bins.length_s(), variant.name),
              most_rows > 8 ? "tall" : ""};
    plot.y_down = true;
    if (!has_all_bins) plot.marks += marks_of(rows, most_rows, bins, bounds, Shown::mean);
    plot.marks += edges(variant.faults, bins);
    return figure(key({colour_class(i), variant.name}), plot.draw());
}

Bins all_bins(const Summary& variant) {
    const std::vector<const SeriesSummary*> rows = rows_of(variant);
    return {0, rows.empty() ? 0 : rows.front()->bins.size(), variant.bin_s};
}

/// As many bins as there are columns, around the end of the first fault; none where the whole run has no more than
/// that, or no fault.
Bins wave(const Summary& variant) {
    const Bins whole = all_bins(variant);
    if (whole.last <= columns || variant.faults.empty()) return {0, 0, variant.bin_s};
    const Instant end =
        std::min_element(variant.faults.begin(), variant.faults.end(), [](const auto& a, const auto& b) {
            return a.end < b.end;
        })->end;
    const auto at = static_cast<std::size_t>(to_seconds(end) / variant.bin_s);
    const std::size_t before = std::min(at, columns / 6);
    const std::size_t last = std::min(whole.last, at - before + columns);
    return {std::min(at - before, last), last, variant.bin_s};
}

std::string maps_of(const Report& report, const Bounds& bounds, Bins (*bins_of)(const Summary&)) {
    std::size_t most_rows = 0;
    for (const Summary& variant : report.variants) most_rows = std::max(most_rows, rows_of(variant).size());
    std::string maps;
    for (std::size_t i = 0; i < report.variants.size(); ++i)
        maps += map_of(report, i, most_rows, bounds, bins_of(report.variants[i]));
    return is_crowded(report) ? grid(maps) : maps;
}

/// Whether retries were made at all.
bool has_retries(const Report& report) {
    return std::any_of(report.variants.begin(), report.variants.end(),
                       [](const Summary& variant) { return rows_of(variant).size() > 1; });
}

std::string which_of(const std::string& bin) {
    return fmt::format(
        "<fieldset class=\"switch\"><legend>Each place on the screen shows</legend>"
        "<label><input type=\"radio\" name=\"shown\" checked> its highest {}</label>"
        "<label><input type=\"radio\" name=\"shown\" id=\"show-mean\"> its mean</label></fieldset>\n",
        bin);
}

}  // namespace

std::string attempts_section(const Report& report) {
    const double top = highest_of(report);
    if (!(top > 0) || !has_retries(report)) return {};
    const Bounds bounds = bounds_below(top);
    const std::string bin = readable(report.variants.front().bin_s, Unit::seconds);
    const std::string close = maps_of(report, bounds, wave);
    std::string body = legend(bounds);
    if (!close.empty())
        body += fmt::format("<h3>The wave, each {} by itself</h3>\n", bin) + close + "<h3>The whole run</h3>\n" +
                which_of(bin);
    return section(
        "attempts", "Who is in the wave",
        "Arrivals by attempt number: the first row is new work, the rows below are retries. The shade is the "
        "rate; dashed lines are where a fault begins and ends.",
        body + maps_of(report, bounds, all_bins));
}

}  // namespace stampede::reports::html
