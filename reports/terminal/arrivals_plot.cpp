#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/terminal/sections.hpp"
#include "reports/text/quantity.hpp"
#include "reports/text/width.hpp"

namespace stampede::reports {
namespace {

/// Eighths of a cell, from the bottom.
constexpr std::string_view blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::size_t eighths = 8;

/// What is drawn of one variant: one number a column, in arrivals a second.
struct Chart {
    const Summary* variant;
    std::vector<double> heights;
    double capacity = no_value;
};

/// The whole run's arrivals, or the first service's where it is not measured as a whole.
const SeriesSummary* find_arrivals(const Summary& variant) {
    if (const SeriesSummary* whole = variant.find_series("arrivals")) return whole;
    for (const SeriesSummary& series : variant.series)
        if (series.name == "arrivals") return &series;
    return nullptr;
}

/// The capacity that belongs to the arrivals: the same subject's, or the only one.
double find_capacity(const Summary& variant, const SeriesSummary& arrivals) {
    const SeriesSummary* found = variant.find_series("capacity", arrivals.subject);
    std::size_t number = 0;
    for (const SeriesSummary& series : variant.series)
        if (series.name == "capacity" && ++number == 1 && !found) found = &series;
    if (!found || (number > 1 && found->subject != arrivals.subject)) return no_value;
    double highest = no_value;
    for (const Estimate& bin : found->bins) highest = std::fmax(highest, bin.mean);
    return highest / variant.bin_s;
}

/// A column shows its highest bin: a wave of one bin must be seen however long the run is.
std::vector<double> highest_by_column(const SeriesSummary& series, double bin_s, std::size_t width) {
    const std::size_t bins = series.bins.size();
    std::vector<double> heights(std::min(width, bins), 0.0);
    for (std::size_t i = 0; i < bins; ++i) {
        double& height = heights[i * heights.size() / bins];
        height = std::fmax(height, series.bins[i].mean / bin_s);
    }
    return heights;
}

class Plot {
public:
    Plot(const Report& report, const Page& page) : page_(page), report_has_means_(report.seeds.size() > 1) {
        for (const Summary& variant : report.variants)
            gutter_ = std::max(gutter_, std::min(columns(plain(variant.name)), most_gutter));
        for (const Summary& variant : report.variants) {
            const SeriesSummary* arrivals = find_arrivals(variant);
            if (!arrivals || arrivals->bins.empty()) continue;
            charts_.push_back({&variant, highest_by_column(*arrivals, variant.bin_s, page.width - gutter_ - 2),
                               find_capacity(variant, *arrivals)});
            length_s_ = std::max(length_s_, static_cast<double>(arrivals->bins.size()) * variant.bin_s);
            subject_ = arrivals->subject;
        }
        for (const Chart& chart : charts_)
            top_ = std::max(top_, *std::max_element(chart.heights.begin(), chart.heights.end()));
        rows_ = charts_.size() <= 4 ? 4 : charts_.size() <= 6 ? 3 : charts_.size() <= 10 ? 2 : 1;
    }

    [[nodiscard]] std::string draw() const {
        if (charts_.empty() || top_ <= 0) return {};
        std::string out = caption();
        for (const Chart& chart : charts_) {
            out += draw_chart(chart);
            // Charts that share their faults share the axis below the last.
            if (&chart == &charts_.back() || !same_faults(chart, (&chart)[1])) out += axis(chart);
        }
        return out;
    }

private:
    static constexpr std::size_t most_gutter = 16;
    static constexpr std::size_t least_gutter = 12;

    static bool same_faults(const Chart& a, const Chart& b) {
        return std::equal(a.variant->faults.begin(), a.variant->faults.end(), b.variant->faults.begin(),
                          b.variant->faults.end(), [](const sim::FaultWindow& x, const sim::FaultWindow& y) {
                              return x.begin == y.begin && x.end == y.end && x.kind == y.kind;
                          });
    }

    [[nodiscard]] std::string caption() const {
        const double bin_s = charts_.front().variant->bin_s;
        const double capacity = charts_.front().capacity;
        std::string text = fmt::format("{}highest {} bin of each column; full height is {}",
                                       report_has_means_ ? "mean of the seeds, " : "", readable(bin_s, Unit::seconds),
                                       keep_together(readable(top_, Unit::per_second)));
        if (capacity == capacity) text += fmt::format(", capacity {}", readable(capacity, Unit::per_second));
        if (capacity == capacity && capacity_row(charts_.front()) > 0) text += " (┄)";
        const std::string title = "Arrivals over time" + (subject_.empty() ? "" : " at " + plain(subject_));
        return page_.paint(Colour::bold, title) + '\n' + wrap(text, page_.width);
    }

    /// Counted from the bottom; 0 where it is not drawn, since there it would lie among the arrivals.
    [[nodiscard]] std::size_t capacity_row(const Chart& chart) const {
        if (!(chart.capacity < top_)) return 0;
        return static_cast<std::size_t>(chart.capacity / top_ * static_cast<double>(rows_));
    }

    [[nodiscard]] std::string draw_chart(const Chart& chart) const {
        const double peak = *std::max_element(chart.heights.begin(), chart.heights.end());
        std::string out;
        for (std::size_t row = rows_; row-- > 0;) {
            std::string label;
            if (row + 1 == rows_) label = shorten(plain(chart.variant->name), gutter_);
            if (row + 2 == rows_) label = "peak " + readable(peak, Unit::per_second);
            std::string line = pad_right(label, gutter_) + " │";
            for (double height : chart.heights) line += cell(chart, height, row);
            line.erase(line.find_last_not_of(' ') + 1);
            out += line + '\n';
        }
        return out;
    }

    [[nodiscard]] std::string cell(const Chart& chart, double height, std::size_t row) const {
        const double full = std::ceil(height / top_ * static_cast<double>(rows_ * eighths) - 1e-9);
        const double filled = std::clamp(full - static_cast<double>(row * eighths), 0.0, double{eighths});
        const auto block = static_cast<std::size_t>(filled);
        if (block == 0 && row > 0 && row == capacity_row(chart)) return page_.paint(Colour::dim, "┄");
        return height > chart.capacity ? paint_bar(blocks[block]) : std::string(blocks[block]);
    }

    /// Above capacity.
    [[nodiscard]] std::string paint_bar(std::string_view block) const {
        return block == " " ? " " : page_.paint(Colour::bad, block);
    }

    [[nodiscard]] std::size_t column_of(double seconds, std::size_t width) const {
        const double share = std::clamp(seconds / length_s_, 0.0, 1.0);
        return std::min(static_cast<std::size_t>(share * static_cast<double>(width)), width - 1);
    }

    /// A line where a fault is on, and the times below.
    [[nodiscard]] std::string axis(const Chart& chart) const {
        const std::size_t width = chart.heights.size();
        std::string marks(width, '-');
        std::vector<double> times{0, length_s_};
        for (const sim::FaultWindow& fault : chart.variant->faults) {
            const std::size_t begin = column_of(to_seconds(fault.begin), width);
            const std::size_t end = std::max(column_of(to_seconds(fault.end), width), begin + 1);
            std::fill(marks.begin() + static_cast<std::ptrdiff_t>(begin),
                      marks.begin() + static_cast<std::ptrdiff_t>(std::min(end, width)), '=');
            const std::string kind = plain(fault.kind).substr(0, 16);
            if (end - begin >= kind.size() + 2)
                marks.replace(begin + (end - begin - kind.size()) / 2, kind.size(), kind);
            times.insert(times.end() - 1, {to_seconds(fault.begin), to_seconds(fault.end)});
        }
        return std::string(gutter_, ' ') + " └" + with_lines(marks) + '\n' + time_labels(times, width);
    }

    /// '-' and '=' become lines, the rest stays.
    [[nodiscard]] static std::string with_lines(const std::string& marks) {
        std::string out;
        for (char mark : marks) {
            if (mark == '-')
                out += "─";
            else if (mark == '=')
                out += "━";
            else
                out += mark;
        }
        return out;
    }

    [[nodiscard]] std::string time_labels(const std::vector<double>& times, std::size_t width) const {
        std::string line(gutter_ + 2, ' ');
        const std::size_t start = line.size();
        for (double time : times) {
            const std::string label = fmt::format("{:.6g} s", time);
            std::size_t place = start + column_of(time, width);
            place = std::min(place, start + width - std::min(width, label.size()));
            const bool has_room = line.size() == start || place > line.size();
            if (!has_room) continue;
            line.resize(std::max(place, line.size()), ' ');
            line += label;
        }
        return line + '\n';
    }

    const Page& page_;
    std::vector<Chart> charts_;
    std::string subject_;  ///< whose arrivals; empty for all
    bool report_has_means_;
    std::size_t gutter_ = least_gutter;
    std::size_t rows_ = 1;
    double top_ = 0;
    double length_s_ = 0;
};

}  // namespace

std::string arrivals_plot(const Report& report, const Page& page) { return Plot(report, page).draw(); }

}  // namespace stampede::reports
