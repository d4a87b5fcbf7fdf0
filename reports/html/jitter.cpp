#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/html/markup.hpp"
#include "reports/html/plot.hpp"
#include "reports/html/scatter.hpp"
#include "reports/html/sections.hpp"
#include "reports/html/variants.hpp"
#include "reports/text/quantity.hpp"

namespace stampede::reports::html {
namespace {

const IndexedQuantity* delays_of(const Summary& variant) {
    for (const IndexedQuantity& each : variant.indexed)
        if (each.metric == Metric::jitter_delay_histogram && each.subject.empty()) return &each;
    return nullptr;
}

double sum_of(const IndexedQuantity& histogram) {
    double sum = 0;
    for (const Estimate& step : histogram.by_index) sum += std::isfinite(step.mean) ? step.mean : 0;
    return sum;
}

/// What all charts show: the steps in which any variant has a retry, and the highest bar.
struct Frame {
    std::size_t first = SIZE_MAX;
    std::size_t last = 0;  ///< behind the last
    double top = 0;
    [[nodiscard]] bool empty() const { return first >= last; }
};

Frame frame_of(const Report& report) {
    Frame frame;
    for (const Summary& variant : report.variants) {
        const IndexedQuantity* delays = delays_of(variant);
        const double sum = delays ? sum_of(*delays) : 0;
        for (std::size_t i = 0; sum > 0 && i < delays->by_index.size(); ++i) {
            const double mean = delays->by_index[i].mean;
            if (!(mean > 0)) continue;
            frame.first = std::min(frame.first, i);
            frame.last = std::max(frame.last, i + 1);
            frame.top = std::max(frame.top, mean / sum);
        }
    }
    return frame;
}

/// Up to 1, 2, 4, … milliseconds: powers of two, so they are written as such ("1 s" is 1.024 s, said below).
std::string name_of_step(std::size_t i) {
    const double ms = std::pow(2.0, static_cast<double>(i));
    return ms < 1000 ? fmt::format("{:.0f} ms", ms) : fmt::format("{:.0f} s", ms / 1024);
}

std::string bars(const IndexedQuantity& delays, const Frame& frame, const Plot& plot, std::size_t variant) {
    const double sum = sum_of(delays);
    const double width = side / static_cast<double>(frame.last - frame.first);
    Path path;
    for (std::size_t i = frame.first; i < std::min(frame.last, delays.by_index.size()); ++i) {
        const double share = delays.by_index[i].mean / sum;
        if (!(share > 0)) continue;
        const double top = plot.up(share);
        path.rectangle((static_cast<double>(i - frame.first) + 0.1) * width, top, 0.8 * width, side - top);
    }
    return path.element("bar " + colour_class(variant));
}

std::string delay_chart(const Report& report, std::size_t i, const Frame& frame) {
    const Summary& variant = report.variants[i];
    const IndexedQuantity* delays = delays_of(variant);
    if (!delays || !(sum_of(*delays) > 0)) return {};
    std::vector<std::string> names;
    // A label has room for some six of them.
    const std::size_t stride = (frame.last - frame.first + 5) / 6;
    for (std::size_t step = frame.first; step < frame.last; ++step)
        names.push_back((step - frame.first) % stride == 0 ? name_of_step(step) : "");
    Plot plot{Scale::names(names),
              Scale::linear(0, frame.top, Unit::share),
              {},
              "Delays before retries with " + variant.name,
              "low"};
    for (std::size_t step = frame.first; step < std::min(frame.last, delays->by_index.size()); ++step)
        plot.alternative += fmt::format(", up to {}: {}", name_of_step(step),
                                        readable(delays->by_index[step].mean / sum_of(*delays), Unit::share));
    plot.marks = bars(*delays, frame, plot, i);
    std::string title = key({colour_class(i), variant.name});
    if (const Quantity* cap = variant.find(Metric::jitter_share_at_cap); cap && cap->estimate.has_value())
        title += fmt::format("<span class=\"fact\">at the cap <b>{}</b></span>", readable(cap->estimate, Unit::share));
    return figure(title, plot.draw());
}

std::string delay_charts(const Report& report) {
    const Frame frame = frame_of(report);
    if (frame.empty()) return {};
    std::string out;
    for (std::size_t i = 0; i < report.variants.size(); ++i) out += delay_chart(report, i, frame);
    return "<h3>How long clients waited before a retry</h3>\n<p class=\"lead\">Share of the retries by their delay, in "
           "steps "
           "of a power of two; each step is named by its upper end (1 s is 1.024 s).</p>\n" +
           grid(out);
}

std::string cost_charts(const Report& report) {
    std::string out;
    for (Metric metric : {Metric::herd_peak_ratio, Metric::requests_success_rate, Metric::latency_p99})
        out += scatter(report, Metric::retry_amplification, metric);
    if (out.empty()) return {};
    return "<h3>What it costs, and what it buys</h3>\n<p class=\"lead\">Work across (attempts a request), what comes "
           "of it "
           "upwards. Small dots are seeds, large ones means with their intervals. Axes do not begin at zero.</p>\n" +
           legend_of(report) + grid(out);
}

}  // namespace

std::string jitter_section(const Report& report) {
    return section("jitter", "Retries and jitter", {}, delay_charts(report) + cost_charts(report));
}

}  // namespace stampede::reports::html
