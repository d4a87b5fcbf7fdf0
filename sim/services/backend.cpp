#include "sim/services/backend.hpp"

#include "sim/kernel/purpose.hpp"
#include "sim/platform/platform.hpp"

namespace stampede::sim {

using namespace scenarios;

Backend::Backend(const Scenario& scenario, std::uint64_t seed, Frontend& frontend, Agenda& agenda, CallPool& calls)
    : frontend_(frontend), agenda_(agenda), calls_(calls) {
    auto caller = static_cast<std::uint16_t>(scenario.clients.size());
    for (std::uint16_t s = 0; s < scenario.services.size(); ++s) {
        const ServiceSettings& settings = scenario.services[s].value;
        const auto first = static_cast<std::uint16_t>(instances_.size());
        services_.emplace_back(settings, seed, s, first, CallPlan{settings.calls, caller});
        caller = static_cast<std::uint16_t>(caller + settings.calls.size());
        for (std::uint16_t k = 0; k < settings.most_instances(); ++k) {
            const std::string& zone =
                settings.zones.empty() ? std::string{} : settings.zones[k % settings.zones.size()];
            instances_.emplace_back(settings, Instance::Identity{seed, s, k}, zone_number(scenario.network, zone),
                                    calls);
            policies_.push_back(stream_of(seed, EntityKind::service, s, k, Purpose::policies));
            choices_.push_back(stream_of(seed, EntityKind::service, s, k, Purpose::calls));
            job_of_worker_.emplace_back(settings.calls.empty() ? 0 : settings.workers, no_job);
            pause_streams_.push_back(stream_of(seed, EntityKind::service, s, k, Purpose::pauses));
        }
    }
    under_way_.resize(instances_.size());
    hosts_.resize(instances_.size());
    departures_.resize(instances_.size());
}

void Backend::arrive(const Event& event) {
    Instance& instance = instances_[event.place];
    Visit visit{event.subject, event.token, agenda_.now(), event.detail};
    const Instance::Arrival arrival = instance.arrive(visit);
    switch (arrival.reception) {
        case Instance::Reception::started:
            start(instance, event.place, arrival.start);
            break;
        case Instance::Reception::queued: {
            const Service& service = services_[instance.service()];
            if (service.queue_timeout() != no_timer)
                agenda_.after(service.queue_timeout(), {.kind = EventKind::queue_timeout,
                                                        .detail = event.detail,
                                                        .place = event.place,
                                                        .subject = event.subject,
                                                        .token = event.token});
            if (instance.is_overgrown()) return crash_of_itself(event.place, service.settings().crash->restart);
            break;
        }
        case Instance::Reception::answered:
            if (arrival.answer == Outcome::overload) recorder_->service_shed(instance.service(), agenda_.now());
            visit.refused_by_endpoint = arrival.by_endpoint;
            return frontend_.answer(event.place, visit, arrival.answer, arrival.retry_tenths);
        case Instance::Reception::cached:
            return agenda_.after(arrival.start.takes, {.kind = EventKind::delayed_answer,
                                                       .detail = static_cast<std::uint8_t>(Outcome::success),
                                                       .place = event.place,
                                                       .subject = event.subject,
                                                       .token = event.token});
        case Instance::Reception::dropped:
            return;
    }
    changed(instance, event.place);
}

/// To be called after whatever may have changed how many are busy or waiting at an instance.
void Backend::changed(Instance& instance, std::uint16_t number) {
    if (!instance.turned_away().empty()) answer_turned_away(instance, number);
    recorder_->service_changed(number, agenda_.now());
    Service& service = services_[instance.service()];
    if (Autoscaler* scaler = service.autoscaler())
        scaler->busy_changed(agenda_.now(), recorder_->busy(instance.service()));
}

void Backend::start(Instance& instance, std::uint16_t number, const Start& start) {
    recorder_->service_started(instance.service(), agenda_.now(), start.waited);
    if (!plan_of(instance).empty()) job_of_worker_[number][start.worker] = no_job;
    if (plan_of(instance).steps_before() == 0) return work(instance, number, start.worker, start.takes);
    const std::uint32_t job = begin_job(number, start.worker);
    jobs_[job].takes = start.takes;
    // Not from here: where its first call is refused at once the job ends, and the next one starts inside this.
    agenda_.after(Duration::zero(),
                  {.kind = EventKind::job_begins, .place = number, .subject = job, .token = jobs_[job].generation});
}

void Backend::work(Instance& instance, std::uint16_t number, std::uint32_t worker, Duration takes) {
    if (Processor* processor = instance.processor()) {
        processor->add(agenda_.now(), worker, to_seconds(takes));
        return schedule_departure(number);
    }
    if (instance.works_on_host()) return work_on_host(instance, number, worker, takes);
    agenda_.after(
        takes,
        {.kind = EventKind::service_done, .place = number, .subject = worker, .token = instance.generation(worker)});
}

void Backend::work_on_host(Instance& instance, std::uint16_t number, std::uint32_t worker, Duration takes) {
    activities_->start_work(
        platform_->host_of(number), to_seconds(takes),
        {.kind = EventKind::service_done, .place = number, .subject = worker, .token = instance.generation(worker)});
    if (instance.paused()) activities_->suspend_work(number);
}

void Backend::worker_done(const Event& event) {
    Instance& instance = instances_[event.place];
    if (event.token != instance.generation(event.subject)) return;  // given up meanwhile
    if (instance.was_paused() && !instance.works_on_host() && goes_on(instance, event.place, event.subject)) return;
    finish_work(instance, event.place, event.subject);
}

void Backend::finish_work(Instance& instance, std::uint16_t number, std::uint32_t worker) {
    const CallPlan& plan = plan_of(instance);
    const Visit visit = instance.serving(worker);
    const Outcome answer = instance.answer_of(worker);
    if (plan.steps_before() > 0) return work_of_job_done(job_of_worker_[number][worker], answer);
    if (plan.empty() || answer != Outcome::success) {
        release(instance, number, worker);
        return this->answer(instance, number, visit, answer);
    }
    const std::uint32_t job = begin_job(number, worker);
    jobs_[job].worked = true;
    if (!services_[instance.service()].settings().holds_worker) {
        jobs_[job].worker = ServiceJob::no_worker;
        release(instance, number, worker);
    }
    advance(job);
}

void Backend::answer(Instance& instance, std::uint16_t number, const Visit& visit, Outcome outcome) {
    const Duration delay = instance.may_answer_late() ? instance.answer_delay(visit) : Duration::zero();
    if (delay == Duration::zero()) return frontend_.answer(number, visit, outcome);
    agenda_.after(delay, {.kind = EventKind::delayed_answer,
                          .detail = static_cast<std::uint8_t>(outcome),
                          .place = number,
                          .subject = visit.call,
                          .token = visit.token});
}

/// The worker is done with what it served, and takes the next call if one waits.
void Backend::release(Instance& instance, std::uint16_t number, std::uint32_t worker) {
    const Visit visit = instance.serving(worker);
    const bool wasted = !calls_.call(visit.call).in_flight(visit.token);
    recorder_->service_done(instance.service(), agenda_.now(), agenda_.now() - visit.since(), wasted);
    if (const auto next = instance.release(agenda_.now(), worker)) start(instance, number, *next);
    changed(instance, number);
}

void Backend::processor_done(const Event& event) {
    if (event.token != departures_[event.place]) return;  // somebody has come or gone since it was foreseen
    Instance& instance = instances_[event.place];
    const std::uint32_t worker = instance.processor()->depart(agenda_.now());
    schedule_departure(event.place);
    finish_work(instance, event.place, worker);
}

void Backend::schedule_departure(std::uint16_t number) {
    Instance& instance = instances_[number];
    ++departures_[number];
    if (instance.processor()->empty() || instance.processor()->stands_still()) return;
    agenda_.after(instance.processor()->until_departure(agenda_.now()),
                  {.kind = EventKind::processor_done, .place = number, .token = departures_[number]});
}

void Backend::answer_turned_away(Instance& instance, std::uint16_t number) {
    for (const Visit& visit : instance.turned_away()) {
        recorder_->service_shed(instance.service(), agenda_.now());
        frontend_.answer(number, visit, Outcome::overload);
    }
    instance.turned_away().clear();
}

void Backend::queue_timeout(const Event& event) {
    Instance& instance = instances_[event.place];
    if (!instance.expire(event.subject, event.token)) return;
    recorder_->service_shed(instance.service(), agenda_.now());
    frontend_.answer(event.place, {event.subject, event.token, {}, event.detail}, Outcome::overload);
    changed(instance, event.place);
}

}  // namespace stampede::sim
