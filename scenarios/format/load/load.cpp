#include <fmt/format.h>

#include <algorithm>

#include "scenarios/format/clients.hpp"
#include "scenarios/format/load/curve.hpp"
#include "scenarios/format/quantity.hpp"

namespace stampede::scenarios {
double mean_of(const BatchSize& size) {
    if (const auto* fixed = std::get_if<FixedSize>(&size)) return fixed->value;
    if (const auto* uniform = std::get_if<UniformSize>(&size)) return (double{} + uniform->min + uniform->max) / 2;
    return std::get<GeometricSize>(size).mean;
}

double mean_factor(const ModulationSettings& modulation) {
    double sum = 0;
    double time = 0;
    for (const ModulationState& state : modulation.states) {
        sum += state.factor * to_seconds(state.stay);
        time += to_seconds(state.stay);
    }
    return sum / time;
}

double expected_requests(const OpenLoad& load, std::uint32_t clients, Duration run) {
    const double run_s = to_seconds(run);
    const RateCurve curve(lines_of(load, clients, run_s), run_s);
    return clients * curve.expected(run_s) * (load.modulation ? mean_factor(*load.modulation) : 1);
}

double curve_points(const OpenLoad& load, Duration run) {
    double points = 2.0 * static_cast<double>(load.trace.size());
    for (const LoadShape& shape : load.shape) points += points_of(shape, to_seconds(run));
    if (load.modulation && load.modulation->scope == ModulationScope::all) {
        double cycle = 0;
        for (const ModulationState& state : load.modulation->states) cycle += to_seconds(state.stay);
        points += 2.0 * static_cast<double>(load.modulation->states.size()) * to_seconds(run) / cycle;
    }
    return points;
}

void SpikeShape::check(Problems& problems) const {
    if (rise + fall > lasts)
        problems.add("for", fmt::format("is {}, but the rise ({}) and the fall ({}) take longer", text_of(lasts),
                                        text_of(rise), text_of(fall)));
}

void UniformSize::check(Problems& problems) const {
    if (max < min) problems.add("max", fmt::format("max ({}) is below min ({})", max, min));
}

void ModulationSettings::check(Problems& problems) const {
    if (states.size() < 2) problems.add("states", fmt::format("{} of them: at least two are needed", states.size()));
    if (states.size() > 255) problems.add("states", "are more than 255");
}

void OpenLoad::check(Problems& problems) const {
    if (trace.empty() && rate.per_second == 0)
        problems.add("rate", "how many requests? an open load needs a \"rate\" of each client, or a \"trace\"");
    if (!trace.empty() && rate.per_second > 0) problems.add("rate", "goes without \"trace\", which holds the rates");
    const auto not_later = [](const TracePoint& a, const TracePoint& b) { return a.time >= b.time; };
    const auto wrong = std::adjacent_find(trace.begin(), trace.end(), not_later);
    if (wrong != trace.end())
        problems.add("trace", fmt::format("times must grow, but {} follows {}", text_of((wrong + 1)->time),
                                          text_of(wrong->time)));
}

}  // namespace stampede::scenarios
