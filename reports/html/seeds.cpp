#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/html/markup.hpp"
#include "reports/html/plot.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/table.hpp"
#include "reports/questions.hpp"
#include "reports/text/quantity.hpp"
#include "reports/text/width.hpp"

namespace stampede::reports::html {
namespace {

constexpr std::size_t longest_name = 16;

struct Strip {
    const Quantity* quantity;
    std::size_t variant;
};

/// No metric can be below zero, though an interval of few seeds may reach there.
double bar_low(const Estimate& e) { return e.mean >= 0 ? std::max(0.0, e.lo) : e.lo; }

/// Room at the right for the seeds that say `never`.
std::string never_marks(const Strip& strip, double y) {
    std::string out;
    if (strip.quantity->estimate.nevers > 0) out = dot(side * 0.985, y, "never " + colour_class(strip.variant));
    return out;
}

std::string marks_of(const Strip& strip, const Plot& plot, double y) {
    const std::string colours = colour_class(strip.variant);
    const Estimate& e = strip.quantity->estimate;
    std::string out;
    for (double x : strip.quantity->per_seed)
        if (std::isfinite(x)) out += dot(plot.across(x), y, "seed " + colours);
    if (e.has_interval()) {
        Path interval;
        interval.move(plot.across(bar_low(e)), y);
        interval.line(plot.across(e.hi), y);
        out += interval.element("line " + colours);
    }
    if (std::isfinite(e.mean)) out += dot(plot.across(e.mean), y, "mean " + colours);
    return out + never_marks(strip, y);
}

std::string strips(const Report& report, Metric metric) {
    std::vector<Strip> all;
    std::vector<std::string> names;
    double low = INFINITY;
    double high = -INFINITY;
    bool has_never = false;
    for (std::size_t i = 0; i < report.variants.size(); ++i) {
        const Quantity* quantity = report.variants[i].find(metric);
        if (!quantity || !quantity->estimate.has_value()) continue;
        all.push_back({quantity, i});
        std::string name = shorten(report.variants[i].name, longest_name);
        if (quantity->estimate.nevers > 0) has_never = true;
        names.push_back(std::move(name));
        const auto add = [&](double x) {
            if (!std::isfinite(x)) return;
            low = std::min(low, x);
            high = std::max(high, x);
        };
        for (double x : quantity->per_seed) add(x);
        add(bar_low(quantity->estimate));
        add(quantity->estimate.hi);
    }
    // Where all seeds of all variants agree there is nothing to see.
    if (all.empty() || !(low < high)) return {};
    Plot plot{Scale::around(low, has_never ? high + (high - low) * 0.15 : high, info(metric).unit),
              Scale::names(names),
              {},
              fmt::format("{} of every seed", info(metric).name),
              names.size() > 5 ? "named tall" : "named low"};
    plot.y_down = true;
    plot.has_x_grid = true;
    for (const Strip& strip : all)
        plot.alternative += fmt::format("; {}: {}", report.variants[strip.variant].name,
                                        readable(strip.quantity->estimate, info(metric).unit));
    for (std::size_t i = 0; i < all.size(); ++i)
        plot.marks += marks_of(all[i], plot, plot.up(static_cast<double>(i) + 0.5));
    return figure(name_of(metric) + (has_never ? "<span class=\"fact\">open circle: never</span>" : ""), plot.draw());
}

}  // namespace

std::string seeds_section(const Report& report) {
    if (report.seeds.size() < 2) return {};
    std::string out;
    for (const Question& question : questions())
        for (Metric metric : question.metrics) out += strips(report, metric);
    return section(
        "seeds", "Every seed",
        "Each small dot is one seed; the large dot is the mean, the bar its 95 % interval. Axes do not begin "
        "at zero.",
        grid(out));
}

}  // namespace stampede::reports::html
