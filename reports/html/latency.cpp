#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/html/markup.hpp"
#include "reports/html/plot.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/variants.hpp"
#include "reports/text/quantity.hpp"

namespace stampede::reports::html {
namespace {

struct Curve {
    std::size_t variant;
    const sim::LatencyHistogram* histogram;
    double count = 0;
};

const sim::LatencyHistogram* whole_run(const Summary& variant) {
    for (const sim::LatencyHistogram& each : variant.latencies)
        if (each.subject.empty() && !each.counts.empty()) return &each;
    return nullptr;
}

std::vector<Curve> curves_of(const Report& report) {
    std::vector<Curve> curves;
    for (std::size_t i = 0; i < report.variants.size(); ++i) {
        Curve curve{i, whole_run(report.variants[i])};
        if (!curve.histogram) continue;
        for (std::uint64_t n : curve.histogram->counts) curve.count += static_cast<double>(n);
        if (curve.count > 0) curves.push_back(curve);
    }
    return curves;
}

/// 1/(1-p) below a latency; the last request has none, so the curve ends at the one before it.
double rarity(double below, double count) { return count / std::max(1.0, count - below); }

/// Steps: up to the share that a bucket begins with, no request took longer than its upper edge.
std::string drawn_curve(const Curve& curve, const Plot& plot) {
    Path path;
    double below = 0;
    for (std::size_t i = 0; i < curve.histogram->counts.size(); ++i) {
        const double y = plot.up(curve.histogram->upper_s[i]);
        const double from = plot.across(rarity(below, curve.count));
        below += static_cast<double>(curve.histogram->counts[i]);
        i == 0 ? path.move(from, y) : path.line(from, y);
        path.line(plot.across(rarity(below, curve.count)), y);
    }
    return path.element("line " + colour_class(curve.variant));
}

double at_percentile(const Curve& curve, double p) {
    double below = 0;
    for (std::size_t i = 0; i < curve.histogram->counts.size(); ++i) {
        below += static_cast<double>(curve.histogram->counts[i]);
        if (below >= p * curve.count) return curve.histogram->upper_s[i];
    }
    return curve.histogram->upper_s.back();
}

}  // namespace

std::string latency_section(const Report& report) {
    const std::vector<Curve> curves = curves_of(report);
    if (curves.empty()) return {};
    double low = INFINITY;
    double high = 0;
    double count = 1;
    std::string alternative = "Latency of successful requests by percentile.";
    for (const Curve& curve : curves) {
        low = std::min(low, curve.histogram->upper_s.front());
        high = std::max(high, curve.histogram->upper_s.back());
        count = std::max(count, curve.count);
        alternative += fmt::format(
            " {}: 50 % within {}, 99 % within {}, 99.9 % within {}.", report.variants[curve.variant].name,
            readable(at_percentile(curve, 0.5), Unit::seconds), readable(at_percentile(curve, 0.99), Unit::seconds),
            readable(at_percentile(curve, 0.999), Unit::seconds));
    }
    if (!(low > 0)) return {};
    const bool is_wide = high > 50 * low;
    Plot plot{Scale::percentiles(count),
              is_wide ? Scale::logarithmic(low, high, Unit::seconds) : Scale::linear(0, high, Unit::seconds),
              {},
              alternative,
              "tall"};
    plot.has_x_grid = true;
    for (const Curve& curve : curves) plot.marks += drawn_curve(curve, plot);
    return section(
        "latency", "Latency",
        fmt::format("Of successful requests, all attempts and waits included, all seeds together: so much of "
                    "them (across) took at most so long (upwards{}). Each step to the right is ten times rarer.",
                    is_wide ? ", logarithmic" : ""),
        figure(legend_of(report), plot.draw()));
}

}  // namespace stampede::reports::html
