#pragma once
/// The frame of a chart: axes, grid and labels around marks that are drawn in a square of 1000 by 1000.
///
/// The square is stretched to the room there is, labels are text of the page: so they keep their size on a projector
/// and on a telephone, and need no script.

#include <string>
#include <string_view>
#include <vector>

#include "reports/html/scale.hpp"
#include "sim/measure/result.hpp"

namespace stampede::reports::html {

inline constexpr double side = 1000;

/// As short as can be: "12", "12.5".
[[nodiscard]] std::string coordinate(double x);

/// Builds the `d` of a path.
class Path {
public:
    void move(double x, double y) { add('M', x, y); }
    void line(double x, double y) { add('L', x, y); }
    /// A line from where the path is; the first begins there.
    void to(double x, double y) { add(empty() ? 'M' : 'L', x, y); }
    void rectangle(double x, double y, double width, double height);
    void close() { d_ += 'Z'; }
    [[nodiscard]] bool empty() const { return d_.empty(); }
    /// The element, with these classes; nothing where it is empty.
    [[nodiscard]] std::string element(std::string_view classes) const;

private:
    void add(char command, double x, double y);
    std::string d_;
};

/// A round mark that keeps its shape and size however the square is stretched.
[[nodiscard]] std::string dot(double x, double y, std::string_view classes);

struct Plot {
    Scale x;
    Scale y;
    std::string marks;           ///< SVG
    std::string alternative;     ///< what the picture says, for those who cannot see it: text
    std::string_view size = "";  ///< classes: "tall", "low", "named" for names at the left
    std::string x_title = {};    ///< text; may be empty
    bool y_down = false;         ///< the first row is at the top
    bool has_x_grid = false;

    /// In the square.
    [[nodiscard]] double across(double value) const { return x.place(value) * side; }
    [[nodiscard]] double up(double value) const { return (y_down ? y.place(value) : 1 - y.place(value)) * side; }

    [[nodiscard]] std::string draw() const;
};

/// The times when something was wrong, over the whole height.
[[nodiscard]] std::string shade(const std::vector<sim::FaultWindow>& faults, const Scale& time);

}  // namespace stampede::reports::html
