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

std::size_t service_of(const scenarios::Scenario& scenario, const scenarios::ClientSettings& clients) {
    const auto& services = scenario.services;
    const auto called = [&](const auto& service) { return service.name == clients.calls; };
    return static_cast<std::size_t>(std::find_if(services.begin(), services.end(), called) - services.begin());
}

}  // namespace

struct Platform::State {
    s4u::Engine& engine = the_engine();
    std::vector<s4u::Host*> population_hosts;
    std::vector<s4u::Host*> service_hosts;
    std::function<void(std::size_t, bool)> on_change;

    void announce(const s4u::Host& host) const {
        const auto found = std::find(service_hosts.begin(), service_hosts.end(), &host);
        if (found == service_hosts.end() || !on_change) return;
        on_change(static_cast<std::size_t>(found - service_hosts.begin()), host.is_on());
    }
};

Platform::Platform(const scenarios::Scenario& scenario) : state_(std::make_unique<State>()) {
    s4u::NetZone* zone = s4u::create_full_zone("world");
    for (const auto& clients : scenario.clients)
        state_->population_hosts.push_back(zone->create_host("clients." + clients.name, unused_speed));
    for (const auto& service : scenario.services)
        state_->service_hosts.push_back(zone->create_host("services." + service.name, unused_speed));

    for (std::size_t p = 0; p < scenario.clients.size(); ++p) {
        const s4u::Host* from = state_->population_hosts[p];
        const s4u::Host* to = state_->service_hosts[service_of(scenario, scenario.clients[p].value)];
        s4u::Link* link = zone->create_link(from->get_name() + "-" + to->get_name(), unused_speed);
        link->set_latency(to_seconds(scenario.network.latency));
        link->seal();
        zone->add_route(from->get_netpoint(), to->get_netpoint(), nullptr, nullptr, {s4u::LinkInRoute(link)}, true);
    }
    zone->seal();
    s4u::Host::on_state_change.connect([state = state_.get()](const s4u::Host& host) { state->announce(host); });
}

Platform::~Platform() = default;

Duration Platform::latency(std::size_t population, std::size_t service) const {
    std::vector<s4u::Link*> links;
    double seconds = 0;
    state_->population_hosts[population]->route_to(state_->service_hosts[service], links, &seconds);
    return from_seconds(seconds);
}

void Platform::set_service_host(Instant now, std::size_t service, bool up) {
    const double seconds = to_seconds(now);
    // SimGrid takes a horizon in the past for "run to the end", so it is only ever moved forward.
    if (seconds > s4u::Engine::get_clock()) state_->engine.run_until(seconds);
    s4u::Host* host = state_->service_hosts[service];
    if (up)
        host->turn_on();
    else
        host->turn_off();
}

void Platform::on_service_host_change(std::function<void(std::size_t, bool)> callback) {
    state_->on_change = std::move(callback);
}

}  // namespace stampede::sim
