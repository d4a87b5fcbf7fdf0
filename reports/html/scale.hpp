#pragma once
/// From values to places along an axis, and the labels of the axis.

#include <string>
#include <vector>

#include "scenarios/metrics/catalogue.hpp"

namespace stampede::reports::html {

struct Tick {
    double place;  ///< 0 at the low end, 1 at the high end
    std::string label;
};

class Scale {
public:
    /// From `low` to at least `high`, ended at a round number, with about `number` labels.
    [[nodiscard]] static Scale linear(double low, double high, Unit unit, int number = 4);

    /// As it is: time, where the page's charts must agree.
    [[nodiscard]] static Scale time(double seconds);

    /// A part of that time.
    [[nodiscard]] static Scale span(double from_s, double to_s);

    /// Around all of `low`…`high`, without zero: for values that differ little.
    [[nodiscard]] static Scale around(double low, double high, Unit unit, int number = 3);

    /// Whole powers of ten around `low`…`high`; both above zero.
    [[nodiscard]] static Scale logarithmic(double low, double high, Unit unit);

    /// 1/(1-p): as much room from 90 % to 99 % as from 99 % to 99.9 %, as in HdrHistogram's plots; up to the
    /// percentile that is one in `one_in`.
    [[nodiscard]] static Scale percentiles(double one_in);

    /// Equal rows or columns; a name stands at the middle of its own.
    [[nodiscard]] static Scale names(const std::vector<std::string>& names);

    /// Where a value stands, 0…1; values beyond the ends stand at the ends.
    [[nodiscard]] double place(double value) const;

    [[nodiscard]] const std::vector<Tick>& ticks() const { return ticks_; }
    [[nodiscard]] double low() const { return low_; }
    [[nodiscard]] double high() const { return high_; }

private:
    enum class Kind { linear, logarithmic };
    Scale(Kind kind, double low, double high) : kind_(kind), low_(low), high_(high) {}
    void add_round_ticks(double step, Unit unit);
    void add_tick(double value, std::string label) { ticks_.push_back({place(value), std::move(label)}); }

    Kind kind_;
    double low_;
    double high_;
    std::vector<Tick> ticks_;
};

/// A round value, as short as can be: "0", "50k/s", "2.5 s".
[[nodiscard]] std::string tick_label(double value, double step, double largest, Unit unit);

}  // namespace stampede::reports::html
