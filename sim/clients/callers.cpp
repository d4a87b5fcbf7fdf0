#include <algorithm>

#include "sim/clients/caller.hpp"
#include "sim/platform/platform.hpp"

namespace stampede::sim {

using namespace scenarios;

namespace {

template <class T>
std::size_t index_of(const Table<T>& table, const std::string& name) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.name == name; });
    return static_cast<std::size_t>(found - table.begin());
}

const StackSettings& stack_of(const Scenario& scenario, const std::string& policy) {
    static const StackSettings none;
    return policy.empty() ? none : scenario.policies[index_of(scenario.policies, policy)].value;
}

/// Numbers of the zones that a service's instances are dealt to in turn.
std::vector<std::uint16_t> zones_dealt(const Scenario& scenario, const ServiceSettings& service) {
    std::vector<std::uint16_t> zones;
    for (const auto& zone : service.zones) zones.push_back(zone_number(scenario.network, zone));
    return zones;
}

std::vector<std::uint16_t> zones_of_hosts(const Scenario& scenario, const std::string& called) {
    const ServiceSettings& service = scenario.services[index_of(scenario.services, called)].value;
    const std::vector<std::uint16_t> dealt = zones_dealt(scenario, service);
    std::vector<std::uint16_t> zones(service.most_instances());
    for (std::size_t i = 0; i < zones.size() && !dealt.empty(); ++i) zones[i] = dealt[i % dealt.size()];
    return zones;
}

std::vector<std::uint16_t> numbers_of(const Scenario& scenario, const std::string& usual,
                                      const std::vector<std::string>& alternatives) {
    std::vector<std::uint16_t> services{static_cast<std::uint16_t>(index_of(scenario.services, usual))};
    for (const auto& name : alternatives)
        services.push_back(static_cast<std::uint16_t>(index_of(scenario.services, name)));
    return services;
}

/// "services.gateway.calls.orders"; where a service makes several calls to one other, with their places among these.
std::string subject_of(const Named<ServiceSettings>& service, std::size_t call) {
    const auto& calls = service.value.calls;
    const auto same = [&](const OutgoingCall& other) { return other.to == calls[call].to; };
    const std::string subject = "services." + service.name + ".calls." + calls[call].to;
    if (std::count_if(calls.begin(), calls.end(), same) == 1) return subject;
    const auto before = std::count_if(calls.begin(), calls.begin() + static_cast<std::ptrdiff_t>(call), same);
    return subject + "[" + std::to_string(before) + "]";
}

}  // namespace

std::vector<Caller> build_callers(const Scenario& scenario, BreakerRegistry& breakers) {
    std::vector<Caller> callers;
    const auto next = [&] { return static_cast<std::uint16_t>(callers.size()); };
    for (const auto& [name, clients] : scenario.clients)
        callers.emplace_back("clients." + name, stack_of(scenario, clients.policy), next(),
                             Caller::Members{clients.count,
                                             clients.groups,
                                             {zone_number(scenario.network, clients.zone)},
                                             zones_of_hosts(scenario, clients.calls)},
                             numbers_of(scenario, clients.calls, clients.alternatives), breakers);
    for (const auto& service : scenario.services)
        for (std::size_t c = 0; c < service.value.calls.size(); ++c) {
            const OutgoingCall& call = service.value.calls[c];
            callers.emplace_back(subject_of(service, c), stack_of(scenario, call.policy), next(),
                                 Caller::Members{service.value.instances, 1, zones_dealt(scenario, service.value),
                                                 zones_of_hosts(scenario, call.to)},
                                 numbers_of(scenario, call.to, call.alternatives), breakers);
        }
    return callers;
}

}  // namespace stampede::sim
