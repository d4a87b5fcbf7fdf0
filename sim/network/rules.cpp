#include "sim/network/rules.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/format/targets.hpp"

namespace stampede::sim {

FaultEnd::FaultEnd(const scenarios::Scenario& scenario, const std::string& name, double share) {
    using TargetKind = scenarios::Target::Kind;
    const auto found = name.empty() ? std::nullopt : scenarios::find_target(scenario, name);
    if (!found) return;
    index_ = static_cast<std::uint16_t>(found->index);
    const auto some_of = [&](Kind kind, std::uint32_t count) {
        kind_ = kind;
        end_ = std::max(1U, static_cast<std::uint32_t>(std::ceil(share * count - 1e-9)));
    };
    switch (found->kind) {
        case TargetKind::zone:
            kind_ = Kind::zone;
            break;
        case TargetKind::clients:
            some_of(Kind::population, scenario.clients[found->index].value.count);
            break;
        case TargetKind::service:
            some_of(Kind::service, scenario.services[found->index].value.most_instances());
            break;
        case TargetKind::instance:
            kind_ = Kind::service;
            first_ = found->instance;
            end_ = found->instance + 1;
            break;
    }
}

bool FaultEnd::holds(const Endpoint& endpoint) const noexcept {
    const bool is_member = endpoint.member >= first_ && endpoint.member < end_;
    switch (kind_) {
        case Kind::all:
            return true;
        case Kind::zone:
            return endpoint.zone == index_;
        case Kind::population:
            return endpoint.population == index_ && is_member;
        case Kind::service:
            return endpoint.service == index_ && is_member;
    }
    return false;
}

}  // namespace stampede::sim
