#include "reports/html/lanes.hpp"

#include <algorithm>

namespace stampede::reports::html {
namespace {

/// By how much it matters; also the class of the drawing.
enum class Shown : std::uint8_t { closed, open, half_open };

Shown shown(BreakerState state) {
    switch (state) {
        case BreakerState::closed:
            return Shown::closed;
        case BreakerState::open:
            return Shown::open;
        case BreakerState::half_open:
            return Shown::half_open;
    }
    return Shown::closed;
}

std::vector<Shown> columns_of(const sim::BreakerLane& lane, const Scale& time, std::size_t columns) {
    std::vector<Shown> result(columns, Shown::closed);
    std::size_t from = 0;
    BreakerState state = BreakerState::closed;
    const auto fill = [&](std::size_t to) {
        for (std::size_t i = from; i <= to; ++i) result[i] = std::max(result[i], shown(state));
    };
    for (const sim::BreakerChange& change : lane.changes) {
        const std::size_t at = std::min(
            columns - 1, static_cast<std::size_t>(time.place(to_seconds(change.at)) * static_cast<double>(columns)));
        fill(at);
        from = at;
        state = change.to;
    }
    fill(columns - 1);
    return result;
}

}  // namespace

std::string draw_lanes(const std::vector<sim::BreakerLane>& lanes, const Scale& time, std::size_t columns) {
    Path open;
    Path half_open;
    const double height = side / static_cast<double>(lanes.size());
    const double width = side / static_cast<double>(columns);
    for (std::size_t row = 0; row < lanes.size(); ++row) {
        const std::vector<Shown> states = columns_of(lanes[row], time, columns);
        for (std::size_t first = 0; first < columns;) {
            std::size_t last = first + 1;
            while (last < columns && states[last] == states[first]) ++last;
            if (states[first] != Shown::closed)
                (states[first] == Shown::open ? open : half_open)
                    .rectangle(static_cast<double>(first) * width, (static_cast<double>(row) + 0.08) * height,
                               static_cast<double>(last - first) * width, 0.84 * height);
            first = last;
        }
    }
    return open.element("open") + half_open.element("half-open");
}

}  // namespace stampede::reports::html
