#include "sim/simulation.hpp"

#include <algorithm>

#include "policies/random/distributions.hpp"
#include "sim/faults/fault.hpp"
#include "sim/kernel/purpose.hpp"

namespace stampede::sim {

using namespace scenarios;

namespace {

/// So many agents of each population are followed closely.
constexpr std::uint32_t traced_agents = 4;

template <class T>
std::size_t index_of(const Table<T>& table, const std::string& name) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.name == name; });
    return static_cast<std::size_t>(found - table.begin());
}

const StackSettings& stack_of(const Scenario& scenario, const ClientSettings& clients) {
    static const StackSettings none;
    return clients.policy.empty() ? none : scenario.policies[index_of(scenario.policies, clients.policy)].value;
}

/// The time after which a layer's timer always comes, if it is always the same.
Duration constant_timer(const LayerSettings& layer) {
    if (const auto* timeout = std::get_if<TimeoutSettings>(&layer)) return timeout->after;
    if (const auto* hedge = std::get_if<HedgeSettings>(&layer)) return hedge->after.value_or(no_timer);
    return no_timer;
}

std::vector<Service> build_services(const Scenario& scenario, std::uint64_t seed) {
    std::vector<Service> services;
    for (std::size_t i = 0; i < scenario.services.size(); ++i)
        services.emplace_back(scenario.services[i].value, seed, i);
    return services;
}

std::vector<Population> build_populations(const Scenario& scenario, BreakerRegistry& breakers) {
    std::vector<Population> populations;
    std::uint32_t agents = 0;
    for (const auto& [name, clients] : scenario.clients) {
        const auto number = static_cast<std::uint16_t>(populations.size());
        populations.emplace_back(clients, stack_of(scenario, clients), number, agents,
                                 index_of(scenario.services, clients.calls), breakers);
        agents += populations.back().agents();
    }
    return populations;
}

std::size_t deepest(const std::vector<Population>& populations) {
    std::size_t depth = 0;
    for (const auto& population : populations) depth = std::max(depth, population.depth());
    return depth;
}

}  // namespace

Simulation::Simulation(const Scenario& scenario, std::uint64_t seed)
    : scenario_(scenario),
      end_(Instant{} + scenario.run.duration),
      platform_(scenario),
      services_(build_services(scenario, seed)),
      populations_(build_populations(scenario, breakers_)),
      calls_(populations_.size(), deepest(populations_)),
      recorder_(scenario.run, populations_, services_, breakers_, calls_) {
    platform_.on_service_host_change([this](std::size_t service, bool up) { services_[service].set_host_up(up); });
    prepare_lanes();
    schedule_faults();
    start_agents(seed);
}

/// Delays known to come again and again get lanes; the rest of the agenda does not care.
void Simulation::prepare_lanes() {
    for (std::size_t i = 0; i < populations_.size(); ++i) {
        latency_.push_back(platform_.latency(i, populations_[i].service()));
        if (scenario_.network.jitter == Duration::zero()) agenda_.add_lane(latency_.back());
        if (populations_[i].constant_gap() != no_timer) agenda_.add_lane(populations_[i].constant_gap());
        for (const auto& layer : stack_of(scenario_, populations_[i].settings()))
            if (const Duration delay = constant_timer(layer); delay != no_timer) agenda_.add_lane(delay);
    }
}

/// First of all, so that at its instant a fault comes before whatever else is due then.
void Simulation::schedule_faults() {
    for (std::uint32_t i = 0; i < scenario_.faults.size(); ++i) {
        std::visit(
            [&](const auto& fault) {
                agenda_.after(fault.at, {.kind = EventKind::fault_begin, .subject = i});
                agenda_.after(fault.at + fault.lasts, {.kind = EventKind::fault_end, .subject = i});
            },
            scenario_.faults[i]);
    }
}

void Simulation::start_agents(std::uint64_t seed) {
    for (std::size_t p = 0; p < populations_.size(); ++p) {
        const Population& population = populations_[p];
        network_streams_.push_back(stream_of(seed, EntityKind::population, p, 0, Purpose::network));
        for (std::uint32_t i = 0; i < population.agents(); ++i) {
            const std::uint32_t agent = population.first_agent() + i;
            agents_.push_back({stream_of(seed, EntityKind::agent, p, i, Purpose::arrivals),
                               stream_of(seed, EntityKind::agent, p, i, Purpose::policies)});
            agenda_.after(population.first_request(agents_[agent].arrivals),
                          {.kind = EventKind::request, .place = static_cast<std::uint16_t>(p), .subject = agent});
        }
    }
}

void Simulation::run() {
    // A timer comes so long after its attempt that the call has left the cache, and most timers are stale by then.
    const auto fetch_call = [this](const Event& later) { calls_.prefetch(later.subject); };
    Event event;
    while (agenda_.next(end_, event, fetch_call)) {
        if (event.at >= recorder_.boundary()) recorder_.roll(event.at);
        ++events_;
        fingerprint_ = (fingerprint_ ^ static_cast<std::uint64_t>(event.at.time_since_epoch().count()) ^
                        (static_cast<std::uint64_t>(event.subject) << 20) ^ static_cast<std::uint64_t>(event.kind)) *
                       0x9e3779b97f4a7c15ULL;
        handle(event);
    }
    recorder_.finish(end_);
}

void Simulation::handle(const Event& event) {
    switch (event.kind) {
        case EventKind::request:
            return request(event.place, event.subject);
        case EventKind::service_arrival:
            return service_arrival(event);
        case EventKind::service_done:
            return service_done(event);
        case EventKind::reply:
            return reply(event);
        case EventKind::call_timer:
            return calls_.call(event.subject).timer(surroundings(event.subject), event.detail, event.token);
        case EventKind::call_resume:
            return calls_.call(event.subject).resume(surroundings(event.subject), event.token);
        case EventKind::fault_begin:
            return change_fault(event.subject, true);
        case EventKind::fault_end:
            return change_fault(event.subject, false);
    }
}

void Simulation::request(std::uint16_t number, std::uint32_t agent) {
    const Population& population = populations_[number];
    if (population.is_open()) schedule_request(number, agent);
    Call& call = calls_.acquire(number);
    CallInfo& info = calls_.info(call.id());
    info.started = agenda_.now();
    info.agent = agent;
    info.traced = agent - population.first_agent() < traced_agents;
    info.measured = agenda_.now() - Instant{} >= scenario_.run.warmup;
    call.start(surroundings(call.id()), population.pipeline(agent));
}

void Simulation::schedule_request(std::uint16_t population, std::uint32_t agent) {
    agenda_.after(populations_[population].next_request(agents_[agent].arrivals),
                  {.kind = EventKind::request, .place = population, .subject = agent});
}

void Simulation::service_arrival(const Event& event) {
    const std::size_t index = populations_[calls_.info(event.subject).population].service();
    const Service::Arrival arrival = services_[index].arrive(agenda_.now(), event.subject, event.token);
    switch (arrival.reception) {
        case Service::Reception::started:
            start_service(index, arrival.worker, arrival.takes, Duration::zero());
            break;
        case Service::Reception::queued:
            break;
        case Service::Reception::answered:
            if (arrival.answer == Outcome::overload) recorder_.service_shed(index, agenda_.now());
            return answer(event.subject, event.token, arrival.answer);
        case Service::Reception::dropped:
            return;
    }
    recorder_.service_changed(index, agenda_.now());
}

void Simulation::service_done(const Event& event) {
    const Service::Completion completion = services_[event.place].done(agenda_.now(), event.subject);
    const Visit& visit = completion.visit;
    const bool wasted = !calls_.call(visit.call).in_flight(visit.token);
    recorder_.service_done(event.place, agenda_.now(), agenda_.now() - visit.since, wasted);
    if (completion.took_next) start_service(event.place, event.subject, completion.takes, completion.waited);
    recorder_.service_changed(event.place, agenda_.now());
    answer(visit.call, visit.token, completion.answer);
}

void Simulation::start_service(std::size_t service, std::uint32_t worker, Duration takes, Duration waited) {
    recorder_.service_started(service, agenda_.now(), waited);
    agenda_.after(takes,
                  {.kind = EventKind::service_done, .place = static_cast<std::uint16_t>(service), .subject = worker});
}

void Simulation::reply(const Event& event) {
    Call& call = calls_.call(event.subject);
    const auto outcome = static_cast<Outcome>(event.detail);
    if (!call.attempt_settled(surroundings(event.subject), event.token, outcome))
        recorder_.answer_came_late(event.subject, agenda_.now());
}

void Simulation::change_fault(std::uint32_t number, bool begins) {
    std::visit(
        [&](const auto& fault) {
            const std::size_t service = index_of(scenario_.services, fault.on);
            const FaultScene scene{agenda_.now(), number, service, services_[service], platform_};
            begins ? begin(fault, scene) : end(fault, scene);
        },
        scenario_.faults[number]);
}

void Simulation::answer(std::uint32_t call, std::uint32_t token, Outcome outcome) {
    cross_network(
        calls_.info(call).population,
        {.kind = EventKind::reply, .detail = static_cast<std::uint8_t>(outcome), .subject = call, .token = token});
}

void Simulation::cross_network(std::uint16_t population, const Event& message) {
    const NetworkSettings& network = scenario_.network;
    Stream& stream = network_streams_[population];
    if (network.loss > 0 && stream.uniform() < network.loss) return;
    Duration delay = latency_[population];
    if (network.jitter > Duration::zero())
        delay = from_seconds(to_seconds(delay) + uniform(stream, -1, 1) * to_seconds(network.jitter));
    agenda_.after(delay, message);
}

Surroundings Simulation::surroundings(std::uint32_t call) noexcept {
    return {*this, recorder_, agents_[calls_.info(call).agent].policies, agenda_.now()};
}

void Simulation::send(Call& call) {
    cross_network(calls_.info(call.id()).population,
                  {.kind = EventKind::service_arrival, .subject = call.id(), .token = call.token()});
}

void Simulation::arm(Call& call, std::uint8_t layer, std::uint32_t token, Duration after) {
    agenda_.after(after, {.kind = EventKind::call_timer, .detail = layer, .subject = call.id(), .token = token});
}

void Simulation::finish(Call& call, Outcome) {
    const CallInfo& info = calls_.info(call.id());
    if (!populations_[info.population].is_open()) schedule_request(info.population, info.agent);
    calls_.release(call);
}

void Simulation::wake(CallRef call) {
    agenda_.after(Duration::zero(), {.kind = EventKind::call_resume, .subject = call.id, .token = call.token});
}

}  // namespace stampede::sim
