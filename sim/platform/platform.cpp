#include "sim/platform/platform.hpp"

#include <algorithm>
#include <cmath>
#include <simgrid/s4u.hpp>
#include <stdexcept>
#include <unordered_map>

#include "sim/platform/activities.hpp"
#include "sim/platform/engine.hpp"
#include "sim/platform/platform_file.hpp"

namespace stampede::sim {
namespace {

namespace s4u = simgrid::s4u;

/// Of hosts, in flops a second, and of links without a bandwidth, in bytes a second: needed to build them. Work is
/// measured by the host's speed, so its value does not matter.
constexpr double some_speed = 1e9;

}  // namespace

s4u::Engine& make_engine() {
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

struct Platform::State {
    std::vector<double> changes;        ///< of a platform from a file
    std::vector<PlatformFault> faults;  ///< likewise
    s4u::Engine* engine = nullptr;
    bool is_from_file = false;
    std::vector<s4u::Host*> gates;  ///< by zone

    struct Machine {
        s4u::Host* host;
        bool does_work = false;  ///< calls in service are its work
        bool is_wanted = true;   ///< no fault of the scenario has turned it off
    };
    std::vector<Machine> machines;  ///< by run-wide number of the instance
    std::unordered_map<const s4u::Host*, std::vector<std::size_t>> instances_on;
    std::vector<std::vector<s4u::Link*>> links;  ///< of a platform from a file, by pair of zones

    std::function<void(std::size_t, bool)> on_change;
    std::function<void(std::size_t, bool, double)> on_machine_change;

    void build(const scenarios::Scenario& scenario) {
        engine = &make_engine();
        s4u::NetZone* world = s4u::create_full_zone("world");
        s4u::NetZone* network = s4u::create_full_zone("network")->set_parent(world);
        s4u::NetZone* stars = s4u::create_star_zone("machines")->set_parent(world);
        build_zones(scenario.network, network);
        build_instances(scenario, stars);
        network->seal();
        stars->seal();
        world->seal();
    }

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

    void add_instance(s4u::Host* host) {
        instances_on[host].push_back(machines.size());
        machines.push_back({host});
    }

    /// Machines have no routes of their own: they stand behind their zone's gate.
    void build_instances(const scenarios::Scenario& scenario, s4u::NetZone* stars) {
        for (const auto& [name, service] : scenario.services)
            for (std::uint32_t k = 0; k < service.most_instances(); ++k) {
                s4u::Host* host = stars->create_host("services." + name + "[" + std::to_string(k) + "]", some_speed);
                if (service.processor) host->set_core_count(static_cast<int>(std::ceil(service.processor->cores)));
                add_instance(host);
                machines.back().does_work =
                    service.processor && service.processor->model == scenarios::ProcessorModel::simgrid;
            }
    }

    /// Zones are hosts of the file, and instances stand on them.
    void load(const scenarios::Scenario& scenario) {
        is_from_file = true;
        PlatformReport report = inspect_platform(scenario);
        changes = std::move(report.changes);
        faults = std::move(report.faults);
        engine = &make_engine();
        load_platform(scenario);
        for (const std::string& zone : scenario.network.zones) gates.push_back(s4u::Host::by_name(zone));
        for (const auto& service : scenario.services)
            for (std::uint32_t k = 0; k < service.value.most_instances(); ++k) {
                const auto& zones = service.value.zones;
                add_instance(gates[zones.empty() ? 0 : zone_number(scenario.network, zones[k % zones.size()])]);
            }
        double seconds = 0;
        for (s4u::Host* from : gates)
            for (s4u::Host* to : gates) from->route_to(to, links.emplace_back(), &seconds);
        s4u::Host::on_speed_change.connect([this](const s4u::Host& host) { announce(host); });
    }

    void announce(const s4u::Host& host) const {
        const auto found = instances_on.find(&host);
        if (found == instances_on.end()) return;
        for (const std::size_t each : found->second) {
            if (on_change) on_change(each, machines[each].is_wanted && host.is_on());
            if (is_from_file && on_machine_change) on_machine_change(each, host.is_on(), host.get_available_speed());
        }
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
    if (scenario.network.platform)
        state_->load(scenario);
    else
        state_->build(scenario);
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
s4u::Host& Platform::host_of(std::size_t instance) const { return *state_->machines[instance].host; }

bool Platform::is_from_file() const noexcept { return state_->is_from_file; }
std::span<const PlatformFault> Platform::faults() const noexcept { return state_->faults; }
std::span<const double> Platform::changes() const noexcept { return state_->changes; }

Platform::Way Platform::way(Instant now, std::size_t from, std::size_t to) const {
    advance_simgrid(now);
    Way way{{}, state_->gates[from]->is_on() && state_->gates[to]->is_on()};
    double seconds = 0;
    for (const s4u::Link* link : state_->links[from * state_->gates.size() + to]) {
        seconds += link->get_latency();
        way.is_open = way.is_open && link->is_on();
    }
    way.latency = from_seconds(seconds);
    return way;
}

void Platform::set_host(Instant now, std::size_t instance, bool up) {
    advance_simgrid(now);
    State::Machine& machine = state_->machines[instance];
    machine.is_wanted = up;
    // A host of a file is not the instance's alone; one that is turned off drops its work, which carries on here.
    if (state_->is_from_file || machine.does_work) {
        if (state_->on_change) state_->on_change(instance, up && machine.host->is_on());
    } else if (up) {
        machine.host->turn_on();
    } else {
        machine.host->turn_off();
    }
}

void Platform::on_host_change(std::function<void(std::size_t, bool)> callback) {
    state_->on_change = std::move(callback);
}

void Platform::on_machine_change(std::function<void(std::size_t, bool, double)> callback) {
    state_->on_machine_change = std::move(callback);
    for (const s4u::Host* gate : state_->gates) state_->announce(*gate);
}

}  // namespace stampede::sim
