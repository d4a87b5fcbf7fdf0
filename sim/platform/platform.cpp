#include "sim/platform/platform.hpp"

#include <algorithm>
#include <simgrid/s4u.hpp>
#include <stdexcept>

namespace stampede::sim {
namespace {

namespace s4u = simgrid::s4u;

/// Bandwidth and speed are needed to build a link and a host; messages without a size and services that bring their own
/// service time never use them.
constexpr double unused_speed = 1e9;

s4u::Engine& the_engine() {
    if (s4u::Engine::has_instance()) throw std::logic_error("SimGrid allows one platform a process");
    static std::string name = "stampede";
    static char* arguments[] = {name.data(), nullptr};
    static int count = 1;
    return *s4u::Engine::get_instance(&count, arguments);
}

/// What is said of the way between two zones, or what is usual.
Duration latency_between(const scenarios::NetworkSettings& network, std::size_t from, std::size_t to) {
    Duration latency = network.latency;
    for (const auto& link : network.links) {
        const std::size_t a = zone_number(network, link.from);
        const std::size_t b = zone_number(network, link.to);
        if ((a == from && b == to) || (!link.one_way && a == to && b == from)) latency = link.latency;
    }
    return latency;
}

}  // namespace

struct Platform::State {
    s4u::Engine& engine = the_engine();
    std::vector<s4u::Host*> gates;      ///< by zone
    std::vector<s4u::Host*> instances;  ///< by run-wide number
    std::function<void(std::size_t, bool)> on_change;

    /// Gates reach each other, and themselves, over a link each.
    void build_zones(const scenarios::NetworkSettings& network, s4u::NetZone* world) {
        const std::vector<std::string> names = network.zones.empty() ? std::vector<std::string>{""} : network.zones;
        for (const std::string& name : names) gates.push_back(world->create_host("zones." + name, unused_speed));
        for (std::size_t from = 0; from < gates.size(); ++from)
            for (std::size_t to = 0; to < gates.size(); ++to) {
                s4u::Link* link =
                    world->create_link(gates[from]->get_name() + "-" + gates[to]->get_name(), unused_speed);
                link->set_latency(to_seconds(latency_between(network, from, to)))->seal();
                world->add_route(gates[from]->get_netpoint(), gates[to]->get_netpoint(), nullptr, nullptr,
                                 {s4u::LinkInRoute(link)}, false);
            }
    }

    /// Machines have no routes of their own: they stand behind their zone's gate.
    void build_instances(const scenarios::Scenario& scenario, s4u::NetZone* machines) {
        for (const auto& [name, service] : scenario.services)
            for (std::uint32_t k = 0; k < service.most_instances(); ++k)
                instances.push_back(
                    machines->create_host("services." + name + "[" + std::to_string(k) + "]", unused_speed));
    }

    void announce(const s4u::Host& host) const {
        const auto found = std::find(instances.begin(), instances.end(), &host);
        if (found == instances.end() || !on_change) return;
        on_change(static_cast<std::size_t>(found - instances.begin()), host.is_on());
    }
};

std::uint16_t zone_number(const scenarios::NetworkSettings& network, const std::string& name) {
    if (name.empty()) return 0;
    const auto found = std::find(network.zones.begin(), network.zones.end(), name);
    return static_cast<std::uint16_t>(found - network.zones.begin());
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

void Platform::set_host(Instant now, std::size_t instance, bool up) {
    const double seconds = to_seconds(now);
    // SimGrid takes a horizon in the past for "run to the end", so it is only ever moved forward.
    if (seconds > s4u::Engine::get_clock()) state_->engine.run_until(seconds);
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
