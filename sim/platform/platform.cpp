#include "sim/platform/platform.hpp"

#include <algorithm>
#include <cmath>
#include <simgrid/s4u.hpp>
#include <stdexcept>
#include <unordered_map>
#include <vector>

#include "sim/platform/activities.hpp"

namespace stampede::sim {
namespace {

namespace s4u = simgrid::s4u;

/// Of hosts, in flops a second, and of links without a bandwidth, in bytes a second: needed to build them. Work is
/// measured by the host's speed, so its value does not matter.
constexpr double some_speed = 1e9;

s4u::Engine& the_engine() {
    if (s4u::Engine::has_instance()) throw std::logic_error("SimGrid allows one platform a process");
    // Flows share links as the fluid max-min model has it, without what it knows of TCP: no window that bounds a flow
    // by its latency, no acknowledgements that take bandwidth the other way.
    static std::string words[] = {"stampede", "--log=xbt_cfg.thres:warning", "--cfg=network/model:CM02",
                                  "--cfg=network/TCP-gamma:0", "--cfg=network/crosstraffic:0"};
    static char* arguments[] = {words[0].data(), words[1].data(), words[2].data(),
                                words[3].data(), words[4].data(), nullptr};
    static int count = 5;
    return *s4u::Engine::get_instance(&count, arguments);
}

}  // namespace

struct Platform::State {
    s4u::Engine& engine = the_engine();
    std::vector<s4u::Host*> gates;      ///< by zone
    std::vector<s4u::Host*> instances;  ///< by run-wide number
    std::unordered_map<const s4u::Host*, std::size_t> number_of;
    std::function<void(std::size_t, bool)> on_change;

    /// Gates reach each other, and themselves, over a link each.
    void build_zones(const scenarios::NetworkSettings& network, s4u::NetZone* world) {
        const std::vector<std::string> names = network.zones.empty() ? std::vector<std::string>{""} : network.zones;
        for (const std::string& name : names) gates.push_back(world->create_host("zones." + name, some_speed));
        for (std::size_t from = 0; from < gates.size(); ++from)
            for (std::size_t to = 0; to < gates.size(); ++to) {
                const scenarios::WaySettings& way = way_between(network, from, to);
                s4u::Link* link = world->create_link(gates[from]->get_name() + "-" + gates[to]->get_name(),
                                                     way.bandwidth ? way.bandwidth->bytes_per_s : some_speed);
                link->set_latency(to_seconds(way.shared ? way.latency - way.jitter : way.latency))->seal();
                world->add_route(gates[from]->get_netpoint(), gates[to]->get_netpoint(), nullptr, nullptr,
                                 {s4u::LinkInRoute(link)}, false);
            }
    }

    /// Machines have no routes of their own: they stand behind their zone's gate.
    void build_instances(const scenarios::Scenario& scenario, s4u::NetZone* machines) {
        for (const auto& [name, service] : scenario.services)
            for (std::uint32_t k = 0; k < service.most_instances(); ++k) {
                s4u::Host* host = machines->create_host("services." + name + "[" + std::to_string(k) + "]", some_speed);
                if (service.processor) host->set_core_count(static_cast<int>(std::ceil(service.processor->cores)));
                number_of.emplace(host, instances.size());
                instances.push_back(host);
            }
    }

    void announce(const s4u::Host& host) const {
        const auto found = number_of.find(&host);
        if (found != number_of.end() && on_change) on_change(found->second, host.is_on());
    }
};

std::uint16_t zone_number(const scenarios::NetworkSettings& network, const std::string& name) {
    if (name.empty()) return 0;
    const auto found = std::find(network.zones.begin(), network.zones.end(), name);
    return static_cast<std::uint16_t>(found - network.zones.begin());
}

const scenarios::WaySettings& way_between(const scenarios::NetworkSettings& network, std::size_t from, std::size_t to) {
    const scenarios::WaySettings* way = &network;
    for (const auto& link : network.links) {
        const std::size_t a = zone_number(network, link.from);
        const std::size_t b = zone_number(network, link.to);
        if ((a == from && b == to) || (!link.one_way && a == to && b == from)) way = &link;
    }
    return *way;
}

Platform::Platform(const scenarios::Scenario& scenario) : state_(std::make_unique<State>()) {
    s4u::NetZone* world = s4u::create_full_zone("world");
    s4u::NetZone* network = s4u::create_full_zone("network")->set_parent(world);
    s4u::NetZone* machines = s4u::create_star_zone("machines")->set_parent(world);
    state_->build_zones(scenario.network, network);
    state_->build_instances(scenario, machines);
    network->seal();
    machines->seal();
    world->seal();
    s4u::Host::on_state_change.connect([state = state_.get()](const s4u::Host& host) { state->announce(host); });
}

Platform::~Platform() = default;

std::uint16_t Platform::zones() const noexcept { return static_cast<std::uint16_t>(state_->gates.size()); }

Duration Platform::latency(std::size_t from, std::size_t to) const {
    std::vector<s4u::Link*> links;
    double seconds = 0;
    state_->gates[from]->route_to(state_->gates[to], links, &seconds);
    return from_seconds(seconds);
}

s4u::Host& Platform::gate(std::size_t zone) const { return *state_->gates[zone]; }
s4u::Host& Platform::host_of(std::size_t instance) const { return *state_->instances[instance]; }

void Platform::set_host(Instant now, std::size_t instance, bool up) {
    advance_simgrid(now);
    s4u::Host* host = state_->instances[instance];
    if (up)
        host->turn_on();
    else
        host->turn_off();
}

void Platform::on_host_change(std::function<void(std::size_t, bool)> callback) {
    state_->on_change = std::move(callback);
}

}  // namespace stampede::sim
