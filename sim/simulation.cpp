#include "sim/simulation.hpp"

#include <algorithm>

#include "policies/random/distributions.hpp"
#include "sim/kernel/purpose.hpp"
#include "sim/simulation_audience.hpp"

namespace stampede::sim {

using namespace scenarios;

namespace {

constexpr std::uint64_t events_between_sweeps = 4096;
constexpr std::size_t many_agents = 1U << 15U;  ///< half a megabyte
static_assert(RunGuard::interval % events_between_sweeps == 0);

/// The time after which a layer's timer always comes, if it is always the same.
Duration constant_timer(const LayerSettings& layer) {
    if (const auto* timeout = std::get_if<TimeoutSettings>(&layer)) return timeout->after;
    if (const auto* hedge = std::get_if<HedgeSettings>(&layer)) return hedge->after.value_or(no_timer);
    return no_timer;
}

std::vector<Population> build_populations(const Scenario& scenario) {
    std::vector<Population> populations;
    std::uint32_t agents = 0;
    for (const auto& clients : scenario.clients) {
        populations.emplace_back(clients.value, agents);
        agents += populations.back().agents();
    }
    return populations;
}

std::vector<std::unique_ptr<Timetable>> build_timetables(const Scenario& scenario, std::uint64_t seed) {
    std::vector<std::unique_ptr<Timetable>> timetables(scenario.clients.size());
    for (std::size_t p = 0; p < timetables.size(); ++p)
        if (needs_timetable(scenario, p)) timetables[p] = std::make_unique<Timetable>(scenario, p, seed);
    return timetables;
}

bool clients_may_leave(const Scenario& scenario) {
    return std::any_of(scenario.faults.begin(), scenario.faults.end(),
                       [](const Fault& fault) { return std::holds_alternative<ReconnectFault>(fault); });
}

std::size_t deepest(const std::vector<Caller>& callers) {
    std::size_t depth = 0;
    for (const auto& caller : callers) depth = std::max(depth, caller.depth());
    return depth;
}

}  // namespace

Simulation::Simulation(const Scenario& scenario, std::uint64_t seed)
    : scenario_(scenario),
      end_(Instant{} + scenario.run.duration),
      faults_(scenario, seed),
      platform_(scenario),
      activities_(agenda_),
      network_(scenario, platform_),
      populations_(build_populations(scenario)),
      population_count_(populations_.size()),
      timetables_(build_timetables(scenario, seed)),
      visits_(scenario, seed),
      callers_(build_callers(scenario, breakers_)),
      calls_(callers_.size(), deepest(callers_)),
      connections_(scenario, seed, calls_),
      endpoints_(scenario, seed),
      backend_(scenario, seed, *this, agenda_, calls_),
      recorder_(scenario.run, callers_, backend_.services(), backend_.instances(), breakers_, calls_),
      endpoint_recorder_(recorder_, endpoints_, callers_, calls_),
      observer_(endpoints_.any() ? static_cast<Observer&>(endpoint_recorder_) : recorder_),
      answered_(may_double(scenario)),
      guard_(scenario.run.limits) {
    backend_.set_recorder(recorder_);
    backend_.set_machines(platform_, activities_);
    platform_.on_host_change([this](std::size_t instance, bool up) { backend_.instances()[instance].set_host_up(up); });
    prepare_lanes();
    if (platform_.is_from_file()) follow_platform();
    faults_.begin(agenda_);
    if (clients_may_leave(scenario)) presence_.watch(populations_.back().first_agent() + populations_.back().agents());
    own_layers_ =
        std::any_of(callers_.begin(), callers_.end(), [](const Caller& caller) { return caller.has_own_layers(); });
    start_agents(seed);
    reaches_far_ = own_layers_ || agents_.size() > many_agents;
    backend_.begin();
}

/// Delays known to come again and again get lanes; the rest of the agenda does not care.
void Simulation::prepare_lanes() {
    for (const Duration delay : network_.constant_delays()) agenda_.add_lane(delay);
    for (const auto& population : populations_)
        if (population.constant_gap() != no_timer) agenda_.add_lane(population.constant_gap());
    for (const auto& stack : scenario_.policies)
        for (const auto& layer : stack.value)
            if (const Duration delay = constant_timer(layer); delay != no_timer) agenda_.add_lane(delay);
    for (const auto& service : backend_.services())
        if (service.queue_timeout() != no_timer) agenda_.add_lane(service.queue_timeout());
}

/// The hosts' own profiles: before the scenario's faults at the same instant.
void Simulation::follow_platform() {
    platform_.on_machine_change([this](std::size_t instance, bool up, double speed) {
        backend_.machine_changed(static_cast<std::uint16_t>(instance), up, speed);
    });
    change_platform(0);
}

/// What changes before the number-th time has changed; asks for the next.
void Simulation::change_platform(std::uint32_t number) {
    constexpr double rounding = 1e-9;
    const auto changes = platform_.changes();
    if (number > 0) advance_simgrid(changes[number - 1] + rounding);
    if (number == changes.size()) return;
    const Duration wait = from_seconds(changes[number]) - (agenda_.now() - Instant{});
    agenda_.after(std::max(Duration::zero(), wait), {.kind = EventKind::platform_due, .subject = number + 1});
}

void Simulation::start_agents(std::uint64_t seed) {
    for (std::size_t p = 0; p < populations_.size(); ++p) {
        const Population& population = populations_[p];
        network_streams_.push_back(stream_of(seed, EntityKind::population, p, 0, Purpose::network));
        zones_.push_back(zone_number(scenario_.network, scenario_.clients[p].value.zone));
        for (std::uint32_t i = 0; i < population.agents(); ++i) {
            const std::uint32_t agent = population.first_agent() + i;
            agents_.push_back({stream_of(seed, EntityKind::agent, p, i, Purpose::arrivals),
                               stream_of(seed, EntityKind::agent, p, i, Purpose::policies)});
            if (const Duration after = first_request(p, agent); after != no_timer)
                agenda_.after(after, request_event(static_cast<std::uint16_t>(p), agent, 0));
        }
    }
    for (std::size_t s = 0; s < scenario_.services.size(); ++s)
        for (std::size_t c = 0; c < scenario_.services[s].value.calls.size(); ++c)
            network_streams_.push_back(stream_of(seed, EntityKind::outgoing_call, s, c, Purpose::network));
}

inline void Simulation::handle(const Event& event) {
    switch (event.kind) {
        case EventKind::request:
            return request(event);
        case EventKind::service_arrival:
            return backend_.arrive(event);
        case EventKind::service_done:
            return backend_.worker_done(event);
        case EventKind::reply:
            return reply(event);
        case EventKind::call_timer:
            return call_timer(event);
        case EventKind::call_resume:
            return call_resume(event);
        default:
            return handle_disturbance(event);
    }
}

void Simulation::run() {
    const Audience audience{*this};
    std::uint64_t events = 0;
    std::uint64_t fingerprint = 0;
    Event event;
    while (agenda_.next(end_, event, audience)) {
        if (is_stale(event)) continue;
        if (event.at >= recorder_.boundary()) recorder_.roll(event.at);
        fingerprint = (fingerprint ^ static_cast<std::uint64_t>(event.at.time_since_epoch().count()) ^
                       (static_cast<std::uint64_t>(event.subject) << 20) ^ static_cast<std::uint64_t>(event.kind)) *
                      0x9e3779b97f4a7c15ULL;
        handle(event);
        if (++events % events_between_sweeps != 0) continue;
        agenda_.sweep(audience);
        if (events % RunGuard::interval == 0 && is_stopped()) break;
    }
    events_ = events;
    fingerprint_ = fingerprint;
    for (Caller& caller : callers_) caller.catch_up(end_, recorder_, *this);
    connections_.finish(end_);
    endpoint_recorder_.finish();
    recorder_.finish(end_);
}

/// Something is always measured, so that what there is can be told.
bool Simulation::is_stopped() {
    stopped_by_ = guard_.reached(agenda_.now(), std::max(agenda_.pending(), calls_.capacity()));
    if (stopped_by_.empty()) return false;
    end_ = std::min(end_, std::max(agenda_.now(), Instant{} + scenario_.run.warmup + scenario_.run.bin));
    return true;
}

/// What most scenarios have none of.
void Simulation::handle_disturbance(const Event& event) {
    switch (event.kind) {
        case EventKind::fault_begin:
        case EventKind::fault_end:
        case EventKind::fault_change:
            return faults_.handle(event, agenda_, {backend_, platform_, network_, scenario_, this});
        case EventKind::patience_over:
            return patience_over(event);
        case EventKind::job_begins:
            return backend_.job_begins(event);
        case EventKind::processor_done:
            return backend_.processor_done(event);
        case EventKind::delayed_answer:
            return backend_.delayed_answer(event);
        case EventKind::queue_timeout:
            return backend_.queue_timeout(event);
        case EventKind::given_up:
            return backend_.given_up(event);
        case EventKind::restart:
            return backend_.restart(event.place);
        case EventKind::pause_begins:
            return backend_.pause_begins(event.place);
        case EventKind::pause_ends:
            return backend_.pause_ends(event.place);
        case EventKind::scale:
            return backend_.scale(event.place);
        case EventKind::platform_due:
            return change_platform(event.subject);
        case EventKind::activity_due:
            return activities_.look(event);
        case EventKind::instance_ready:
            return backend_.instance_ready(event.place);
        default:
            return connection_event(event);
    }
}

void Simulation::call_timer(const Event& event) {
    Call& call = calls_.call(event.subject);
    call.timer(surroundings(CallPool::info(call)), event.detail, event.token);
}

void Simulation::call_resume(const Event& event) {
    Call& call = calls_.call(event.subject);
    call.resume(surroundings(CallPool::info(call)), event.token);
}

void Simulation::reply(const Event& event) {
    Call& call = calls_.call(event.subject);
    if (!call.in_flight(event.token)) return unwanted_answer(event);
    const Pushback retry_after = event.place == 0 ? no_pushback : Pushback{event.place * 100U};
    const bool stands = (event.detail & endpoint_refuses) != 0;
    const auto outcome = static_cast<Outcome>(event.detail & ~endpoint_refuses);
    settled(call, stands || ConnectionPools::survives(outcome));
    if (answered_.doubles()) answered_.note({event.subject, event.token});
    if (endpoints_.any()) endpoint_recorder_.answered(call, outcome);
    call.attempt_settled(surroundings(CallPool::info(call)), event.token, outcome, retry_after);
}

std::uint32_t Simulation::begin_call(std::uint16_t caller, std::uint32_t job, std::uint32_t member,
                                     const CallFacts& facts) {
    Call& call = calls_.acquire(caller);
    CallInfo& info = CallPool::info(call);
    info.agent = job;
    info.traced = false;
    info.measured = agenda_.now() - Instant{} >= scenario_.run.warmup;
    if (endpoints_.concern(caller)) endpoints_.choose(caller, call.id());
    call.start(surroundings(info), callers_[caller].pipeline(member), facts);
    return call.id();
}

void Simulation::cancel_call(std::uint32_t id, std::uint32_t job) {
    Call& call = calls_.call(id);
    const CallInfo& info = CallPool::info(call);
    if (call.finished() || call.is_branch() || is_of_population(info) || info.agent != job) return;
    call.cancel(surroundings(info));
    calls_.release(call);
}

/// The work goes on, and its answer finds nobody waiting; where the service is told, it hears of it.
void Simulation::abandon(Call& call) {
    settled(call, false);
    if (endpoints_.any()) endpoint_recorder_.abandoned(call);
    const CallInfo& info = CallPool::info(call);
    const Instance& instance = backend_.instances()[info.instance];
    if (!backend_.services()[instance.service()].settings().cancellable) return;
    cross_network(caller_of(info), endpoint_of(instance), 0, info.caller,
                  {.kind = EventKind::given_up, .place = info.instance, .subject = call.id(), .token = call.token()});
}

Surroundings Simulation::surroundings(const CallInfo& info) noexcept {
    Stream& random = is_of_population(info) ? agents_[info.agent].policies : backend_.policies_stream(info.agent);
    return {*this, observer_, random, agenda_.now()};
}

void Simulation::send(Call& call) {
    CallInfo& info = CallPool::info(call);
    if (endpoints_.any()) endpoint_recorder_.sent(call);
    const std::size_t service = callers_[info.caller].service(call.facts().alternative);
    info.instance = backend_.attempt_sent(service, call.facts());
    if (connections_.concern(info.caller) && call.facts().alternative == 0) return seek_connection(call);
    begin_attempt(call);
}

void Simulation::arm(Call& call, std::uint8_t layer, std::uint32_t token, Duration after) {
    agenda_.after(after, {.kind = EventKind::call_timer, .detail = layer, .subject = call.id(), .token = token});
}

void Simulation::finish(Call& call, Outcome outcome) {
    const CallInfo info = CallPool::info(call);
    if (!is_of_population(info))
        backend_.call_ended(info.caller, info.agent, outcome);
    else if (visits_.concern(info.caller))
        go_on(info, call.id(), visits_.after_outcome(info.caller, call.id(), outcome), outcome == Outcome::success);
    else if (!populations_[info.caller].is_open())
        schedule_request(info.caller, info.agent);
    calls_.release(call);
}

void Simulation::wake(CallRef call) {
    agenda_.after(Duration::zero(), {.kind = EventKind::call_resume, .subject = call.id, .token = call.token});
}

}  // namespace stampede::sim
