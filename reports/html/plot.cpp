#include "reports/html/plot.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/html/markup.hpp"
#include "reports/text/width.hpp"

namespace stampede::reports::html {
namespace {

/// Labels at the ends of the horizontal axis stay within it.
std::string_view align(double place) {
    if (place < 0.02) return " class=\"first\"";
    return place > 0.98 ? " class=\"last\"" : "";
}

/// Labels that would lie on each other in the narrowest place that a chart gets are left out.
class Room {
public:
    /// `pixels` is how wide that place is.
    explicit Room(double pixels) : character_(6.7 / pixels) {}

    bool takes(const Tick& tick) {
        if (tick.label.empty()) return false;
        const double half = static_cast<double>(reports::columns(tick.label)) * character_ / 2;
        // The first and the last are moved inwards.
        const double begin = std::min(std::max(0.0, tick.place - half), 1 - 2 * half);
        if (begin < end_) return false;
        end_ = begin + 2 * half + 0.02;
        return true;
    }

private:
    double character_;
    double end_ = -1;
};

}  // namespace

std::string coordinate(double x) {
    std::string text = fmt::format("{:.1f}", x);
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return text == "-0" ? "0" : text;
}

void Path::add(char command, double x, double y) { d_ += command + coordinate(x) + ' ' + coordinate(y); }

void Path::rectangle(double x, double y, double width, double height) {
    d_ += fmt::format("M{} {}h{}v{}h-{}Z", coordinate(x), coordinate(y), coordinate(width), coordinate(height),
                      coordinate(width));
}

std::string Path::element(std::string_view classes) const {
    return empty() ? "" : fmt::format("<path class=\"{}\" d=\"{}\"/>", classes, d_);
}

std::string dot(double x, double y, std::string_view classes) {
    return fmt::format("<path class=\"dot {}\" d=\"M{} {}h0\"/>", classes, coordinate(x), coordinate(y));
}

std::string Plot::draw() const {
    std::string labels;
    Path lines;
    for (const Tick& tick : y.ticks()) {
        const double top = y_down ? tick.place : 1 - tick.place;
        labels += fmt::format("<span style=\"top:{}%\">{}</span>", coordinate(100 * top), escape(tick.label));
        if (y_down) continue;
        lines.move(0, top * side);
        lines.line(side, top * side);
    }
    std::string below;
    Room room(size.starts_with("named") ? 180 : 250);
    for (const Tick& tick : x.ticks()) {
        if (room.takes(tick))
            below += fmt::format("<span style=\"left:{}%\"{}>{}</span>", coordinate(100 * tick.place),
                                 align(tick.place), escape(tick.label));
        if (!has_x_grid) continue;
        lines.move(tick.place * side, 0);
        lines.line(tick.place * side, side);
    }
    std::string out = fmt::format(
        "<div class=\"plot {}\" role=\"img\" aria-label=\"{}\"><div class=\"ys\">{}</div><div class=\"area\">"
        "<svg viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{}{}</svg></div>"
        "<div class=\"xs\">{}</div>",
        size, escape(alternative), labels, lines.element("lines"), marks, below);
    if (!x_title.empty()) out += fmt::format("<div class=\"xt\">{}</div>", escape(x_title));
    return out + "</div>\n";
}

std::string shade(const std::vector<sim::FaultWindow>& faults, const Scale& time) {
    Path path;
    for (const sim::FaultWindow& fault : faults) {
        const double begin = time.place(to_seconds(fault.begin)) * side;
        path.rectangle(begin, 0, time.place(to_seconds(fault.end)) * side - begin, side);
    }
    return path.element("fault");
}

}  // namespace stampede::reports::html
