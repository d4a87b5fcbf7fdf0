#include "sim/clients/modulation.hpp"

#include "policies/core/time.hpp"
#include "policies/random/distributions.hpp"

namespace stampede::sim {

using namespace scenarios;

ModulationPoint draw_state(const ModulationSettings& modulation, Stream& stream) noexcept {
    double total = 0;
    for (const ModulationState& state : modulation.states) total += to_seconds(state.stay);
    double left = stream.uniform() * total;
    std::uint32_t state = 0;
    while (state + 1 < modulation.states.size() && left >= to_seconds(modulation.states[state].stay))
        left -= to_seconds(modulation.states[state++].stay);
    // Exponential stays have no memory: what is left of one is as long as a whole one.
    return {exponential(stream, to_seconds(modulation.states[state].stay)), state};
}

void move_on(const ModulationSettings& modulation, ModulationPoint& point, Stream& stream) noexcept {
    const auto others = static_cast<std::uint32_t>(modulation.states.size() - 1);
    std::uint32_t next = 0;
    if (others > 1) next = static_cast<std::uint32_t>(stream.uniform() * others);
    point.state = next >= point.state ? next + 1 : next;
    point.until_s += exponential(stream, to_seconds(modulation.states[point.state].stay));
}

CurveLine modulation_line(const ModulationSettings& modulation, double until_s, Stream& stream) {
    ModulationPoint point = draw_state(modulation, stream);
    CurveLine line{{0, modulation.states[point.state].factor}};
    while (point.until_s < until_s) {
        const double at = point.until_s;
        line.push_back({at, line.back().value});
        move_on(modulation, point, stream);
        line.push_back({at, modulation.states[point.state].factor});
    }
    return line;
}

}  // namespace stampede::sim
