#pragma once
/// Values over time: drawn here, and handed to the page's script, which replaces the drawing by one that can be zoomed.

#include <string>
#include <vector>

#include "reports/html/plot.hpp"
#include "reports/summary.hpp"

namespace stampede::reports::html {

/// One value a bin, from the start of the run.
struct Line {
    std::string label;
    std::string colours;  ///< classes; the first is the colour
    std::vector<double> mean;
    std::vector<double> lo = {};  ///< as long as `mean`, or empty: no band
    std::vector<double> hi = {};
};

/// A series of a summary with its band, every value multiplied: by 1/bin to get from a bin to a second.
[[nodiscard]] Line line_of(const SeriesSummary& series, double factor, std::string label, std::string colours);

/// The mean of `per_bin` values side by side: what they are together in a longer bin. Without a band, since the
/// interval of a sum is not known from the intervals of its parts.
[[nodiscard]] Line joined(const Line& line, std::size_t per_bin);

/// How many bins make a second, at least one: what is compared with a capacity is shown by the second.
[[nodiscard]] std::size_t bins_a_second(double bin_s);

struct TimeChart {
    std::string title;  ///< text
    Unit unit = Unit::count;
    double bin_s = 0.1;
    std::vector<Line> lines;
    std::vector<sim::FaultWindow> faults;
    double top = 0;           ///< at least so high: for charts side by side; 0 for what the lines need
    std::string_view size{};  ///< as of Plot

    [[nodiscard]] double highest() const;

    /// The legend is part of the figure.
    [[nodiscard]] std::string draw() const;
};

}  // namespace stampede::reports::html
