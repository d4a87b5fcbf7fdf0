#include "scenarios/format/load/curve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/format/clients.hpp"
#include "scenarios/format/load/sine.hpp"

namespace stampede::scenarios {
namespace {

constexpr int lines_a_period = 200;
/// The product of two straight lines is none; so a ramp is cut into pieces that are short enough for it to look like
/// one.
constexpr int lines_a_ramp = 20;

void add_ramp(CurveLine& line, double begin_s, double end_s, double from, double to) {
    for (int i = 0; i <= lines_a_ramp; ++i) {
        const double x = static_cast<double>(i) / lines_a_ramp;
        line.push_back({begin_s + (end_s - begin_s) * x, from + (to - from) * x});
    }
}

struct LineOf {
    double until_s;

    CurveLine operator()(const RampShape& ramp) const {
        CurveLine line;
        add_ramp(line, to_seconds(ramp.at), to_seconds(ramp.at + ramp.lasts), ramp.from, ramp.to);
        return line;
    }
    CurveLine operator()(const StepShape& step) const {
        return {{to_seconds(step.at), 1}, {to_seconds(step.at), step.factor}};
    }
    CurveLine operator()(const SpikeShape& spike) const {
        CurveLine line;
        const double begin = to_seconds(spike.at);
        const double end = to_seconds(spike.at + spike.lasts);
        add_ramp(line, begin, begin + to_seconds(spike.rise), 1, spike.factor);
        add_ramp(line, end - to_seconds(spike.fall), end, spike.factor, 1);
        return line;
    }
    CurveLine operator()(const SineShape& sine) const {
        CurveLine line;
        const double period = to_seconds(sine.period);
        const auto points = static_cast<std::int64_t>(std::ceil(points_of(LoadShape{sine}, until_s)));
        const double turns_before = to_seconds(sine.at) / period;
        for (std::int64_t i = 0; i < points; ++i) {
            const double turns = static_cast<double>(i) / lines_a_period;
            line.push_back({turns * period, 1 + sine.amplitude * sine_of_turns(turns - turns_before)});
        }
        return line;
    }
};

/// At t, or just before it.
enum class Side : std::uint8_t { after, before };

double value_at(const CurveLine& line, double t, Side side) {
    if (line.empty()) return 1;
    const auto earlier = [](const CurvePoint& point, double x) { return point.at_s < x; };
    const auto later = [](double x, const CurvePoint& point) { return x < point.at_s; };
    const auto next = side == Side::after ? std::upper_bound(line.begin(), line.end(), t, later)
                                          : std::lower_bound(line.begin(), line.end(), t, earlier);
    if (next == line.begin()) return line.front().value;
    if (next == line.end()) return line.back().value;
    const CurvePoint& before = *(next - 1);
    return before.value + (next->value - before.value) * ((t - before.at_s) / (next->at_s - before.at_s));
}

double product_at(std::span<const CurveLine> lines, double t, Side side) {
    double product = 1;
    for (const CurveLine& line : lines) product *= value_at(line, t, side);
    return product;
}

CurveLine line_of_trace(const std::vector<TracePoint>& trace, double clients) {
    CurveLine line;
    for (const TracePoint& point : trace) {
        const double at = to_seconds(point.time);
        if (!line.empty()) line.push_back({at, line.back().value});
        line.push_back({at, point.rate.per_second / clients});
    }
    return line;
}

}  // namespace

CurveLine line_of(const LoadShape& shape, double until_s) { return std::visit(LineOf{until_s}, shape); }

double points_of(const LoadShape& shape, double until_s) {
    const auto* sine = std::get_if<SineShape>(&shape);
    return sine ? lines_a_period * until_s / to_seconds(sine->period) + 2 : 2 * (lines_a_ramp + 1);
}

std::vector<CurveLine> lines_of(const OpenLoad& load, double clients, double until_s) {
    std::vector<CurveLine> lines;
    if (load.trace.empty())
        lines.push_back({{0, load.rate.per_second}});
    else
        lines.push_back(line_of_trace(load.trace, clients));
    for (const LoadShape& shape : load.shape) lines.push_back(line_of(shape, until_s));
    return lines;
}

RateCurve::RateCurve(std::span<const CurveLine> lines, double until_s) {
    std::vector<double> times{0, until_s};
    for (const CurveLine& line : lines)
        for (const CurvePoint& point : line)
            if (point.at_s > 0 && point.at_s < until_s) times.push_back(point.at_s);
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    double expected = 0;
    for (std::size_t i = 0; i + 1 < times.size(); ++i) {
        const double length = times[i + 1] - times[i];
        const double begin = product_at(lines, times[i], Side::after);
        const double end = product_at(lines, times[i + 1], Side::before);
        pieces_.push_back({times[i], expected, begin, (end - begin) / length});
        expected += (begin + end) / 2 * length;
    }
    pieces_.push_back({until_s, expected, 0, 0});
}

double RateCurve::expected(double t_s) const noexcept {
    const auto later = [](double t, const Piece& piece) { return t < piece.begin_s; };
    const Piece& piece = *(std::upper_bound(pieces_.begin() + 1, pieces_.end(), t_s, later) - 1);
    const double x = t_s - piece.begin_s;
    return piece.expected + (piece.rate + piece.slope * x / 2) * x;
}

/// In a piece, r·x + s·x²/2 = d; of its solutions the one that holds for s = 0 too, without cancellation.
double RateCurve::when(double expected) const noexcept {
    if (expected >= pieces_.back().expected) return std::numeric_limits<double>::infinity();
    const auto later = [](double e, const Piece& piece) { return e < piece.expected; };
    const Piece& piece = *(std::upper_bound(pieces_.begin() + 1, pieces_.end(), expected, later) - 1);
    const double d = expected - piece.expected;
    if (d <= 0) return piece.begin_s;
    return piece.begin_s +
           2 * d / (piece.rate + std::sqrt(std::max(0.0, piece.rate * piece.rate + 2 * piece.slope * d)));
}

}  // namespace stampede::scenarios
