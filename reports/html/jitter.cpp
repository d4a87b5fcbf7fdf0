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

/// The delays of one retry number, or of all where the report does not tell them apart.
struct DelayRow {
    std::string name;
    const IndexedQuantity* delays;
    double sum;
};

const IndexedQuantity* delays_of(const Summary& variant, const std::string& subject) {
    for (const IndexedQuantity& each : variant.indexed)
        if (each.metric == Metric::jitter_delay_histogram && each.subject == subject) return &each;
    return nullptr;
}

double sum_of(const IndexedQuantity& histogram) {
    double sum = 0;
    for (const Estimate& step : histogram.by_index) sum += std::isfinite(step.mean) ? step.mean : 0;
    return sum;
}

std::vector<DelayRow> delay_rows_of(const Summary& variant) {
    std::vector<DelayRow> rows;
    const auto add = [&](std::string name, const std::string& subject) {
        const IndexedQuantity* delays = delays_of(variant, subject);
        const double sum = delays ? sum_of(*delays) : 0;
        if (sum > 0) rows.push_back({std::move(name), delays, sum});
        return delays != nullptr;
    };
    for (std::size_t n = 1; add(fmt::format("retry {}", n), fmt::format("retry.{}", n)); ++n) {
    }
    if (rows.empty()) add("all", "");
    return rows;
}

/// What all charts show: the steps in which any variant has a retry, as many rows as the longest has, and the highest
/// bar.
struct Frame {
    std::size_t first = SIZE_MAX;
    std::size_t last = 0;  ///< behind the last
    std::size_t rows = 0;
    double top = 0;
    [[nodiscard]] bool empty() const { return first >= last; }
};

Frame frame_of(const Report& report) {
    Frame frame;
    for (const Summary& variant : report.variants) {
        const std::vector<DelayRow> rows = delay_rows_of(variant);
        frame.rows = std::max(frame.rows, rows.size());
        for (const DelayRow& row : rows)
            for (std::size_t i = 0; i < row.delays->by_index.size(); ++i) {
                const double mean = row.delays->by_index[i].mean;
                if (!(mean > 0)) continue;
                frame.first = std::min(frame.first, i);
                frame.last = std::max(frame.last, i + 1);
                frame.top = std::max(frame.top, mean / row.sum);
            }
    }
    return frame;
}

/// Up to 1, 2, 4, … milliseconds: powers of two, so they are written as such ("1 s" is 1.024 s, said below).
std::string name_of_step(std::size_t i) {
    const double ms = std::pow(2.0, static_cast<double>(i));
    return ms < 1000 ? fmt::format("{:.0f} ms", ms) : fmt::format("{:.0f} s", ms / 1024);
}

/// Bars that stand on the lower edge of the row.
void add_bars(Path& path, const DelayRow& row, std::size_t place, const Frame& frame) {
    const double width = side / static_cast<double>(frame.last - frame.first);
    const double height = side / static_cast<double>(frame.rows);
    const double foot = static_cast<double>(place + 1) * height;
    for (std::size_t i = frame.first; i < std::min(frame.last, row.delays->by_index.size()); ++i) {
        const double share = row.delays->by_index[i].mean / row.sum;
        if (!(share > 0)) continue;
        const double size = share / frame.top * 0.86 * height;
        path.rectangle((static_cast<double>(i - frame.first) + 0.08) * width, foot - size, 0.84 * width, size);
    }
}

/// A line below every row.
std::string feet(const Frame& frame) {
    Path path;
    for (std::size_t i = 1; i <= frame.rows; ++i) {
        const double y = static_cast<double>(i) * side / static_cast<double>(frame.rows);
        path.move(0, y);
        path.line(side, y);
    }
    return path.element("lines");
}

std::string in_words(const DelayRow& row, const Frame& frame) {
    std::string text = fmt::format(". {}", row.name);
    for (std::size_t i = frame.first; i < std::min(frame.last, row.delays->by_index.size()); ++i)
        if (row.delays->by_index[i].mean > 0)
            text += fmt::format(", up to {}: {}", name_of_step(i),
                                readable(row.delays->by_index[i].mean / row.sum, Unit::share));
    return text;
}

std::vector<std::string> names_of_steps(const Frame& frame) {
    std::vector<std::string> names;
    // A label has room for some six of them.
    const std::size_t stride = (frame.last - frame.first + 5) / 6;
    for (std::size_t step = frame.first; step < frame.last; ++step)
        names.push_back((step - frame.first) % stride == 0 ? name_of_step(step) : "");
    return names;
}

std::string delay_chart(const Report& report, std::size_t i, const Frame& frame) {
    const Summary& variant = report.variants[i];
    const std::vector<DelayRow> rows = delay_rows_of(variant);
    if (rows.empty()) return {};
    std::vector<std::string> names(frame.rows);
    for (std::size_t row = 0; row < rows.size(); ++row) names[row] = rows[row].name;
    Plot plot{Scale::names(names_of_steps(frame)), Scale::names(names), feet(frame),
              "Delays before retries with " + variant.name,
              frame.rows > 6   ? "tall"
              : frame.rows > 3 ? ""
                               : "low"};
    plot.y_down = true;
    Path bars;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        add_bars(bars, rows[row], row, frame);
        plot.alternative += in_words(rows[row], frame);
    }
    plot.marks += bars.element("bar " + colour_class(i));
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
    return fmt::format(
        "<h3>How long clients waited before each retry</h3>\n<p class=\"lead\">A histogram for each retry number: the "
        "share of its retries by their delay, in steps of a power of two; each step is named by its upper end (1 s is "
        "1.024 s). The highest bar stands for {}.</p>\n{}",
        readable(frame.top, Unit::share), grid(out));
}

std::string cost_charts(const Report& report) {
    std::string out;
    for (Metric metric :
         {Metric::latency_p99, Metric::recovery_time, Metric::requests_success_rate, Metric::herd_peak_ratio})
        out += scatter(report, Metric::retry_amplification, metric);
    if (out.empty()) return {};
    return "<h3>Time to completion against work</h3>\n<p class=\"lead\">Work across: attempts a request. Upwards: "
           "until "
           "requests have their answer (latency.p99), until goodput is back (recovery.time), and what else the work "
           "buys. "
           "Small dots are seeds, large ones means with their intervals. Axes do not begin at zero; a variant with a "
           "seed that never recovers has no mean and is left out.</p>\n" +
           legend_of(report) + grid(out);
}

}  // namespace

std::string jitter_section(const Report& report) {
    return section("jitter", "Retries and jitter", {}, delay_charts(report) + cost_charts(report));
}

}  // namespace stampede::reports::html
