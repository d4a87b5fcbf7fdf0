#pragma once
/// A rate over time, its integral, and the inverse of that: when so many arrivals are due.
///
/// A Poisson process of rate r(t) is one of rate 1 on the time line of its integral, R(t) (E. Çinlar, Introduction to
/// Stochastic Processes, 1975, section 4.7): the arrival after one at t is due when R has grown by an exponential draw
/// of mean 1. So one draw a request is all it takes, whatever the shape, and evenly spaced arrivals are those where R
/// grows by 1.

#include <cstddef>
#include <span>
#include <vector>

#include "scenarios/format/load/shapes.hpp"

namespace stampede::scenarios {

struct OpenLoad;

struct CurvePoint {
    double at_s;
    double value;
};

/// Straight lines through points in the order of time; two points at one time are a jump. Before the first and after
/// the last it stays as it is there. No points: 1 throughout.
using CurveLine = std::vector<CurvePoint>;

/// The factor of a shape, from the start of a run to `until_s`.
[[nodiscard]] CurveLine line_of(const LoadShape& shape, double until_s);
/// Points of the above.
[[nodiscard]] double points_of(const LoadShape& shape, double until_s);

class RateCurve {
public:
    /// The product of all lines, each of them a rate or a factor, from 0 to `until_s`: exact at the points of every
    /// one, straight in between.
    RateCurve(std::span<const CurveLine> lines, double until_s);

    /// Arrivals that are expected from 0 to t; t from 0 to `until_s`.
    [[nodiscard]] double expected(double t_s) const noexcept;
    /// The time at which so many are expected; infinity where fewer are by the end.
    [[nodiscard]] double when(double expected) const noexcept;

private:
    struct Piece {
        double begin_s;
        double expected;  ///< at its beginning
        double rate;      ///< there
        double slope;     ///< how the rate grows in it
    };
    std::vector<Piece> pieces_;  ///< none is empty; the last only marks the end
};

/// The lines that make up the rate of one client of so many: `rate` or `trace`, and the shapes.
[[nodiscard]] std::vector<CurveLine> lines_of(const OpenLoad& load, double clients, double until_s);

}  // namespace stampede::scenarios
