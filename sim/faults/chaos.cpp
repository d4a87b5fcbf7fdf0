#include "sim/faults/chaos.hpp"

#include <algorithm>

#include "sim/kernel/purpose.hpp"

namespace stampede::sim {
namespace {

Duration beginning(const DrawnFault& drawn) {
    return std::visit([](const auto& fault) { return fault.at; }, drawn.fault);
}

}  // namespace

std::vector<DrawnFault> draw_faults(const scenarios::ChaosSettings& chaos, std::uint64_t seed) {
    std::vector<DrawnFault> drawn;
    for (std::uint32_t i = 0; i < chaos.draw; ++i) {
        Stream stream = stream_of(seed, EntityKind::fault, 0, i, Purpose::chaos);
        const auto from = static_cast<std::uint32_t>(stream.uniform() * static_cast<double>(chaos.from.size()));
        drawn.push_back({from, chaos.from[from]});
        const Duration later = from_seconds(stream.uniform() * to_seconds(chaos.within));
        std::visit([&](auto& fault) { fault.at += later; }, drawn.back().fault);
    }
    std::stable_sort(drawn.begin(), drawn.end(),
                     [](const DrawnFault& a, const DrawnFault& b) { return beginning(a) < beginning(b); });
    return drawn;
}

}  // namespace stampede::sim
