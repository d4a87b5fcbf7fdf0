#include "reports/html/scatter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/html/markup.hpp"
#include "reports/html/plot.hpp"
#include "reports/html/table.hpp"
#include "reports/text/quantity.hpp"

namespace stampede::reports::html {
namespace {

struct Range {
    double low = INFINITY;
    double high = -INFINITY;
    void add(const Quantity& quantity) {
        for (double x : quantity.per_seed)
            if (std::isfinite(x)) {
                low = std::min(low, x);
                high = std::max(high, x);
            }
    }
};

struct Pair {
    std::size_t variant;
    const Quantity* x;
    const Quantity* y;
};

std::vector<Pair> pairs_of(const Report& report, Metric across, Metric up) {
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < report.variants.size(); ++i) {
        const Quantity* x = report.variants[i].find(across);
        const Quantity* y = report.variants[i].find(up);
        // A mean over a `never` has no place.
        if (x && y && std::isfinite(x->estimate.mean) && std::isfinite(y->estimate.mean)) pairs.push_back({i, x, y});
    }
    return pairs;
}

std::string marks_of(const Pair& pair, const Plot& plot) {
    const std::string colours = colour_class(pair.variant);
    std::string out;
    for (std::size_t seed = 0; seed < std::min(pair.x->per_seed.size(), pair.y->per_seed.size()); ++seed) {
        const double x = pair.x->per_seed[seed];
        const double y = pair.y->per_seed[seed];
        if (std::isfinite(x) && std::isfinite(y)) out += dot(plot.across(x), plot.up(y), "seed " + colours);
    }
    const Estimate& x = pair.x->estimate;
    const Estimate& y = pair.y->estimate;
    Path intervals;
    if (x.has_interval()) {
        intervals.move(plot.across(x.lo), plot.up(y.mean));
        intervals.line(plot.across(x.hi), plot.up(y.mean));
    }
    if (y.has_interval()) {
        intervals.move(plot.across(x.mean), plot.up(y.lo));
        intervals.line(plot.across(x.mean), plot.up(y.hi));
    }
    return out + intervals.element("line " + colours) + dot(plot.across(x.mean), plot.up(y.mean), "mean " + colours);
}

}  // namespace

std::string scatter(const Report& report, Metric across, Metric up) {
    const std::vector<Pair> pairs = pairs_of(report, across, up);
    if (pairs.size() < 2) return {};
    Range x;
    Range y;
    std::string alternative = fmt::format("{} against {}.", info(up).name, info(across).name);
    for (const Pair& pair : pairs) {
        x.add(*pair.x);
        y.add(*pair.y);
        alternative +=
            fmt::format(" {}: {} at {}.", report.variants[pair.variant].name, readable(pair.y->estimate, info(up).unit),
                        readable(pair.x->estimate, info(across).unit));
    }
    if (!(y.low < y.high)) return {};  // nothing to see
    Plot plot{Scale::around(x.low, x.high, info(across).unit),
              Scale::around(y.low, y.high, info(up).unit),
              {},
              alternative,
              "",
              std::string(info(across).name)};
    plot.has_x_grid = true;
    for (const Pair& pair : pairs) plot.marks += marks_of(pair, plot);
    return figure(name_of(up), plot.draw());
}

}  // namespace stampede::reports::html
