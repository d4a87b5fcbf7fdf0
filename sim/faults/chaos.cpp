#include "sim/faults/chaos.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>

#include "scenarios/format/faults/schedule.hpp"
#include "sim/kernel/purpose.hpp"

namespace stampede::sim {
namespace {

/// Times that people can read.
constexpr Duration drawn_step = std::chrono::milliseconds{100};

/// In hundredths, at least one: a fault of no strength is none.
double draw_strength(const scenarios::StrengthRange& range, double uniform) {
    return std::max(1.0, std::round(100 * (range.from + uniform * (range.to - range.from)))) / 100;
}

Duration beginning(const DrawnFault& drawn) {
    return std::visit([](const auto& fault) { return fault.at; }, drawn.fault);
}

}  // namespace

std::vector<DrawnFault> draw_faults(const scenarios::ChaosDraw& chaos, std::uint64_t seed) {
    std::vector<DrawnFault> drawn;
    for (std::uint32_t i = 0; i < chaos.draw; ++i) {
        Stream stream = stream_of(seed, EntityKind::fault, 0, i, Purpose::chaos);
        const auto from = static_cast<std::uint32_t>(stream.uniform() * static_cast<double>(chaos.from.size()));
        drawn.push_back({from, chaos.from[from]});
        const double steps = stream.uniform() * static_cast<double>(chaos.within / drawn_step + 1);
        const Duration later = static_cast<std::int64_t>(steps) * drawn_step;
        std::visit([&](auto& fault) { fault.at += later; }, drawn.back().fault);
        // Drawn in any case, so that a range that is not asked for moves no other.
        const double length = stream.uniform();
        const double strength = stream.uniform();
        if (chaos.length) {
            const double factor = chaos.length->from + length * (chaos.length->to - chaos.length->from);
            drawn.back().fault = scenarios::stretched(drawn.back().fault, factor);
        }
        if (chaos.strength)
            std::visit(
                [&]<class F>(F& fault) {
                    if constexpr (std::derived_from<F, scenarios::FaultStrength>)
                        fault.most = draw_strength(*chaos.strength, strength);
                },
                drawn.back().fault);
    }
    std::stable_sort(drawn.begin(), drawn.end(),
                     [](const DrawnFault& a, const DrawnFault& b) { return beginning(a) < beginning(b); });
    return drawn;
}

}  // namespace stampede::sim
