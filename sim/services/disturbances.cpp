/// What comes upon services from outside or of itself: crashes, pauses, callers that give up, autoscaling.

#include "policies/random/distributions.hpp"
#include "sim/services/backend.hpp"

namespace stampede::sim {

void Backend::begin() {
    for (std::uint16_t number = 0; number < instances_.size(); ++number)
        if (services_[instances_[number].service()].settings().pauses) schedule_pause(number);
    for (std::uint16_t s = 0; s < services_.size(); ++s)
        if (const Autoscaler* scaler = services_[s].autoscaler())
            agenda_.after(scaler->period(), {.kind = EventKind::scale, .place = s});
}

void Backend::reset_calls(std::uint16_t number, bool keeps_queue) {
    Instance& instance = instances_[number];
    lost_.clear();
    instance.drop_work(agenda_.now(), keeps_queue, lost_);
    end_jobs_of(number);
    if (instance.works_on_host()) activities_->stop_work(number);
    ++departures_[number];
    for (const Visit& visit : lost_) frontend_.answer(number, visit, Outcome::reset);
    frontend_.connections_broken(number);
    changed(instance, number);
}

void Backend::stop(std::uint16_t number, bool keeps_queue) {
    instances_[number].stop();
    reset_calls(number, keeps_queue);
}

void Backend::crash(std::uint16_t number, bool keeps_queue) {
    recorder_->service_crashed(instances_[number].service(), agenda_.now());
    stop(number, keeps_queue);
}

void Backend::crash_of_itself(std::uint16_t number, Duration until_restart) {
    if (!instances_[number].process_up()) return;
    crash(number, false);
    agenda_.after(until_restart, {.kind = EventKind::restart, .place = number});
}

/// What is done as SimGrid's own work is SimGrid's to slow down.
void Backend::machine_changed(std::uint16_t number, bool up, double speed) {
    constexpr std::uint32_t by_machine = ~std::uint32_t{0};  // no fault has this number
    Instance& instance = instances_[number];
    HostState& state = hosts_[number];
    if (state.up && !up) crash(number, false);
    if (!state.up && up) restart(number);
    state.up = up;
    if (instance.works_on_host()) return;
    const bool stops = speed <= 0;
    if (stops != state.stops) stops ? pause(number) : resume(number);
    state.stops = stops;
    if (stops || speed == 1)
        instance.slowdowns.remove(by_machine);
    else
        instance.slowdowns.set(by_machine, 1 / speed);
}

/// Calls that were served without a worker are lost, too; those with one are known to be.
void Backend::end_jobs_of(std::uint16_t number) {
    for (std::uint32_t job = 0; job < jobs_.size(); ++job) {
        if (!jobs_[job].active || jobs_[job].instance != number) continue;
        cancel_calls(job);
        if (jobs_[job].worker == ServiceJob::no_worker) lost_.push_back(jobs_[job].visit);
        jobs_.remove(job);
    }
}

void Backend::restart(std::uint16_t number) {
    Instance& instance = instances_[number];
    instance.restart(agenda_.now());
    if (instance.process_up()) serve_queue(instance, number);
}

/// Idle workers take what waits: what was kept through a stop.
void Backend::serve_queue(Instance& instance, std::uint16_t number) {
    if (instance.queued() == 0) return;
    while (const auto worker = instance.call_worker())
        if (const auto next = instance.release(agenda_.now(), *worker)) start(instance, number, *next);
    changed(instance, number);
}

void Backend::capacity_changed(std::uint16_t number) {
    Instance& instance = instances_[number];
    instance.adapt_capacity(agenda_.now());
    if (instance.processor()) return schedule_departure(number);
    if (instance.works_on_host())
        return activities_->take_cores(platform_->host_of(number), number, instance.lost_cores());
    while (const auto worker = instance.returning_worker())
        if (const auto next = instance.release(agenda_.now(), *worker)) start(instance, number, *next);
    changed(instance, number);
}

void Backend::leave_balancer(std::uint16_t number) { services_[instances_[number].service()].leave(number); }

void Backend::rejoin_balancer(std::uint16_t number) { services_[instances_[number].service()].rejoin(number); }

void Backend::pause(std::uint16_t number) {
    Instance& instance = instances_[number];
    instance.pause(agenda_.now());
    if (instance.works_on_host()) activities_->suspend_work(number);
    ++departures_[number];
}

void Backend::resume(std::uint16_t number) {
    Instance& instance = instances_[number];
    if (!instance.resume(agenda_.now())) return;
    if (instance.processor()) schedule_departure(number);
    if (instance.works_on_host()) activities_->resume_work(number);
    for (const auto& [worker, owed] : instance.parked()) {
        (void)instance.owed(agenda_.now(), worker);  // what has passed since it was parked is nothing that it missed
        work(instance, number, worker, owed);
    }
    instance.parked().clear();
    accept_waiting(number);
}

bool Backend::goes_on(Instance& instance, std::uint16_t number, std::uint32_t worker) {
    const Duration owed = instance.owed(agenda_.now(), worker);
    if (owed == Duration::zero()) return false;
    if (instance.paused())
        instance.parked().push_back({worker, owed});
    else
        work(instance, number, worker, owed);
    return true;
}

void Backend::schedule_pause(std::uint16_t number) {
    const double mean = to_seconds(services_[instances_[number].service()].settings().pauses->every);
    agenda_.after(from_seconds(exponential(pause_streams_[number], mean)),
                  {.kind = EventKind::pause_begins, .place = number});
}

void Backend::pause_begins(std::uint16_t number) {
    pause(number);
    agenda_.after(services_[instances_[number].service()].draw_pause(pause_streams_[number]),
                  {.kind = EventKind::pause_ends, .place = number});
}

void Backend::pause_ends(std::uint16_t number) {
    resume(number);
    schedule_pause(number);
}

/// A caller has let it be known that it has given up. What waits is passed over when its turn comes.
void Backend::given_up(const Event& event) {
    Instance& instance = instances_[event.place];
    const auto worker = instance.give_up(agenda_.now(), event.subject, event.token);
    if (!worker) return;
    if (instance.works_on_host()) activities_->stop_work(event.place, *worker);
    if (!plan_of(instance).empty()) {
        const std::uint32_t job = job_of_worker_[event.place][*worker];
        if (job != no_job) {
            cancel_calls(job);
            jobs_.remove(job);
        }
    }
    release(instance, event.place, *worker);
    if (instance.processor()) schedule_departure(event.place);
}

void Backend::scale(std::uint16_t number) {
    Service& service = services_[number];
    Autoscaler& scaler = *service.autoscaler();
    const std::uint32_t there = service.running() + service.starting();
    const std::uint32_t wanted =
        scaler.wanted(agenda_.now(), service.running(), service.starting(), service.settings().workers);
    for (std::uint32_t i = there; i < wanted; ++i) {
        service.instance_starts();
        agenda_.after(scaler.start_up(), {.kind = EventKind::instance_ready, .place = number});
    }
    if (wanted < there)
        set_running(number, std::max(service.settings().instances, service.running() - (there - wanted)));
    agenda_.after(scaler.period(), {.kind = EventKind::scale, .place = number});
}

void Backend::instance_ready(std::uint16_t number) {
    Service& service = services_[number];
    service.instance_started();
    instances_[service.first_instance() + service.running()].become_cold(agenda_.now());
    set_running(number, service.running() + 1);
}

void Backend::set_running(std::uint16_t number, std::uint32_t running) {
    services_[number].set_running(running);
    recorder_->service_scaled(number, agenda_.now(), services_[number].workers());
}

void Backend::cancel_calls(std::uint32_t job) {
    for (const std::uint32_t call : calls_of_job_[job]) frontend_.cancel_call(call, job);
    calls_of_job_[job].clear();
}

}  // namespace stampede::sim
