#include "reports/html/time_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/html/markup.hpp"
#include "reports/html/thin.hpp"
#include "reports/text/quantity.hpp"

namespace stampede::reports::html {
namespace {

/// What the drawing shows: about as much as a chart beside others has pixels.
constexpr std::size_t drawn_columns = 300;

/// What the script gets, for zooming: all bins of a run of four minutes; of a longer one, columns of two points each.
constexpr std::size_t kept_points = 2400;

/// Four significant digits: finer than any screen.
std::string short_number(double x) {
    if (!std::isfinite(x)) return "null";
    if (x == 0) return "0";
    const double power = std::pow(10.0, 3 - std::floor(std::log10(std::abs(x))));
    return fmt::format("{:.7g}", std::round(x * power) / power);
}

/// Equal values as one number.
std::string values(const std::vector<double>& points) {
    const bool is_constant =
        !points.empty() && std::all_of(points.begin(), points.end(), [&](double x) { return x == points.front(); });
    if (is_constant) return short_number(points.front());
    std::string out = "[";
    for (double x : points) {
        if (out.size() > 1) out += ',';
        out += short_number(x);
    }
    return out + ']';
}

/// Of a text in a script element: no end tag may begin in it.
std::string quoted(const std::string& text) {
    std::string out =
        nlohmann::ordered_json(text).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    for (std::size_t at = 0; (at = out.find('<', at)) != std::string::npos;) out.replace(at, 1, "\\u003c");
    return out;
}

std::string data_of(const Line& line, std::size_t per_column) {
    std::string out = fmt::format("{{\"label\":{},\"colours\":\"{}\",\"mean\":{}", quoted(line.label), line.colours,
                                  values(extremes(line.mean, per_column)));
    if (!line.lo.empty())
        out += fmt::format(",\"lo\":{},\"hi\":{}", values(lowest(line.lo, per_column)),
                           values(highest(line.hi, per_column)));
    return out + '}';
}

/// From the first to the last, then back along the other edge where there is one.
std::string draw_line(const Line& line, const Plot& plot, double bin_s) {
    const std::size_t bins = line.mean.size();
    const std::size_t per_column = bins_a_column(bins, drawn_columns);
    const auto follow = [&](Path& path, const std::vector<double>& times, const std::vector<double>& points) {
        for (std::size_t i = 0; i < points.size(); ++i) path.to(plot.across(times[i]), plot.up(points[i]));
    };
    std::string out;
    if (!line.lo.empty()) {
        std::vector<double> times = column_times(bins, per_column, bin_s);
        std::vector<double> low = lowest(line.lo, per_column);
        Path band;
        follow(band, times, highest(line.hi, per_column));
        std::reverse(times.begin(), times.end());
        std::reverse(low.begin(), low.end());
        follow(band, times, low);
        band.close();
        out = band.element("band " + line.colours);
    }
    Path path;
    follow(path, point_times(bins, per_column, bin_s), extremes(line.mean, per_column));
    return out + path.element("line " + line.colours);
}

std::string alternative_for(const TimeChart& chart) {
    std::string text = chart.title + ".";
    for (const Line& line : chart.lines) {
        if (line.mean.empty()) continue;
        const auto highest = std::max_element(line.mean.begin(), line.mean.end());
        text += fmt::format(" {}: highest {} at {}.", line.label, readable(*highest, chart.unit),
                            readable(static_cast<double>(highest - line.mean.begin()) * chart.bin_s, Unit::seconds));
    }
    return text;
}

}  // namespace

Line line_of(const SeriesSummary& series, double factor, std::string label, std::string colours) {
    Line line{std::move(label), std::move(colours), {}};
    bool has_band = false;
    for (const Estimate& bin : series.bins) {
        line.mean.push_back(bin.mean * factor);
        // What is counted cannot be below zero, though the interval does not know that.
        line.lo.push_back(bin.has_interval() ? std::max(0.0, bin.lo * factor) : bin.mean * factor);
        line.hi.push_back(bin.has_interval() ? bin.hi * factor : bin.mean * factor);
        has_band |= line.lo.back() < line.hi.back();
    }
    if (!has_band) line.lo = line.hi = {};
    return line;
}

Line joined(const Line& line, std::size_t per_bin) {
    if (per_bin <= 1) return line;
    Line result{line.label, line.colours, {}};
    for (std::size_t first = 0; first < line.mean.size(); first += per_bin) {
        const std::size_t last = std::min(line.mean.size(), first + per_bin);
        double sum = 0;
        for (std::size_t i = first; i < last; ++i) sum += line.mean[i];
        result.mean.push_back(sum / static_cast<double>(last - first));
    }
    return result;
}

std::size_t bins_a_second(double bin_s) {
    return std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(1 / bin_s)));
}

double TimeChart::highest() const {
    double most = 0;
    for (const Line& line : lines)
        for (const std::vector<double>* part : {&line.mean, &line.hi})
            for (double x : *part) most = std::fmax(most, x);
    return most;
}

std::string TimeChart::draw() const {
    std::size_t bins = 0;
    for (const Line& line : lines) bins = std::max(bins, line.mean.size());
    if (bins == 0) return {};
    const double length_s = static_cast<double>(bins) * bin_s;
    Plot plot{
        Scale::time(length_s), Scale::linear(0, std::max(top, highest()), unit), {}, alternative_for(*this), size};
    plot.marks = shade(faults, plot.x);
    // The first is the one that matters most: it lies on top.
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) plot.marks += draw_line(*line, plot, bin_s);

    const std::size_t per_column = bins <= kept_points ? 1 : bins_a_column(bins, kept_points / 2);
    const std::vector<double> times = point_times(bins, per_column, bin_s);
    std::string out = "<div class=\"time\">\n" + plot.draw();
    out += fmt::format(
        "<script "
        "type=\"application/json\">{{\"unit\":\"{}\",\"first\":{},\"step\":{},\"points\":{},\"length\":{},\"top\":{},"
        "\"faults\":[",
        to_string(unit), times.front(), times.size() > 1 ? times[1] - times[0] : 0, times.size(), length_s,
        plot.y.high());
    for (const sim::FaultWindow& fault : faults)
        out += fmt::format("{}[{},{},{}]", &fault == &faults.front() ? "" : ",", to_seconds(fault.begin),
                           to_seconds(fault.end), quoted(fault.kind));
    out += "],\"lines\":[";
    for (const Line& line : lines) {
        if (&line != &lines.front()) out += ',';
        out += data_of(line, per_column);
    }
    return out + "]}</script>\n</div>\n";
}

}  // namespace stampede::reports::html
