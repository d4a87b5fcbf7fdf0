#include "scenarios/format/targets.hpp"

#include <algorithm>
#include <cmath>

#include "sim/faults/fault.hpp"

namespace stampede::sim {
namespace {

bool belongs(const Instance& instance, const scenarios::Target& target) {
    using Kind = scenarios::Target::Kind;
    switch (target.kind) {
        case Kind::service:
            return instance.service() == target.index;
        case Kind::instance:
            return instance.service() == target.index && instance.number() == target.instance;
        case Kind::zone:
            return instance.zone() == target.index;
        case Kind::clients:
            break;
    }
    return false;
}

}  // namespace

std::vector<std::uint16_t> struck_by(const scenarios::Scenario& scenario, const std::string& target, double share,
                                     const std::vector<Instance>& instances) {
    std::vector<std::uint16_t> struck;
    const auto found = scenarios::find_target(scenario, target);
    for (std::size_t i = 0; found && i < instances.size(); ++i)
        if (belongs(instances[i], *found)) struck.push_back(static_cast<std::uint16_t>(i));
    if (struck.empty()) return struck;
    const auto wanted = static_cast<std::size_t>(std::ceil(share * static_cast<double>(struck.size()) - 1e-9));
    struck.resize(std::clamp<std::size_t>(wanted, 1, struck.size()));
    return struck;
}

}  // namespace stampede::sim
