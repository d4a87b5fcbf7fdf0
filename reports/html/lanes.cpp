#include "reports/html/lanes.hpp"

#include <algorithm>
#include <array>

namespace stampede::reports::html {
namespace {

constexpr std::size_t columns = 600;

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

using Columns = std::array<Shown, columns>;

std::size_t column_of(Instant at, const Scale& time) {
    return std::min(columns - 1, static_cast<std::size_t>(time.place(to_seconds(at)) * columns));
}

Columns columns_of(const sim::BreakerLane& lane, const Scale& time) {
    Columns result{};
    std::size_t from = 0;
    BreakerState state = BreakerState::closed;
    const auto fill = [&](std::size_t to) {
        for (std::size_t i = from; i <= to; ++i) result[i] = std::max(result[i], shown(state));
    };
    for (const sim::BreakerChange& change : lane.changes) {
        const std::size_t at = column_of(change.at, time);
        fill(at);
        from = at;
        state = change.to;
    }
    fill(columns - 1);
    return result;
}

}  // namespace

std::string draw_lanes(const std::vector<sim::BreakerLane>& lanes, const Scale& time) {
    Path open;
    Path half_open;
    const double height = side / static_cast<double>(lanes.size());
    const double width = side / columns;
    for (std::size_t row = 0; row < lanes.size(); ++row) {
        const Columns states = columns_of(lanes[row], time);
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
