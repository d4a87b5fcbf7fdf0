#include "sim/services/backend.hpp"

#include "sim/kernel/purpose.hpp"

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
        for (std::uint16_t k = 0; k < settings.instances; ++k) {
            const std::string& zone =
                settings.zones.empty() ? std::string{} : settings.zones[k % settings.zones.size()];
            instances_.emplace_back(settings, Instance::Identity{seed, s, k}, zone_number(scenario.network, zone));
            policies_.push_back(stream_of(seed, EntityKind::service, s, k, Purpose::policies));
            choices_.push_back(stream_of(seed, EntityKind::service, s, k, Purpose::calls));
        }
    }
    under_way_.resize(instances_.size());
}

void Backend::arrive(const Event& event) {
    Instance& instance = instances_[event.place];
    const Instance::Arrival arrival = instance.arrive(agenda_.now(), event.subject, event.token);
    switch (arrival.reception) {
        case Instance::Reception::started:
            start(instance, event.place, arrival.start);
            break;
        case Instance::Reception::queued:
            break;
        case Instance::Reception::answered:
            if (arrival.answer == Outcome::overload) recorder_->service_shed(instance.service(), agenda_.now());
            return frontend_.answer(event.place, {event.subject, event.token, agenda_.now()}, arrival.answer);
        case Instance::Reception::dropped:
            return;
    }
    recorder_->service_changed(event.place, agenda_.now());
}

void Backend::start(Instance& instance, std::uint16_t number, const Start& start) {
    recorder_->service_started(instance.service(), agenda_.now(), start.waited);
    if (plan_of(instance).steps_before() > 0) {
        const std::uint32_t job = begin_job(number, start.worker);
        jobs_[job].takes = start.takes;
        // Not from here: where its first call is refused at once the job ends, and the next one starts inside this.
        return agenda_.after(Duration::zero(), {.kind = EventKind::job_begins, .place = number, .subject = job});
    }
    agenda_.after(start.takes, {.kind = EventKind::service_done, .place = number, .subject = start.worker});
}

void Backend::worker_done(const Event& event) {
    Instance& instance = instances_[event.place];
    const Visit visit = instance.serving(event.subject);
    const Outcome answer = instance.draw_answer();
    const CallPlan& plan = plan_of(instance);
    if (plan.empty() || answer != Outcome::success) {
        release(instance, event.place, event.subject);
        return frontend_.answer(event.place, visit, answer);
    }
    const std::uint32_t job = begin_job(event.place, event.subject);
    jobs_[job].worked = true;
    if (!services_[instance.service()].settings().holds_worker) {
        jobs_[job].worker = Job::no_worker;
        release(instance, event.place, event.subject);
    }
    advance(job);
}

/// The worker is done with what it served, and takes the next call if one waits.
void Backend::release(Instance& instance, std::uint16_t number, std::uint32_t worker) {
    const Visit visit = instance.serving(worker);
    const bool wasted = !calls_.call(visit.call).in_flight(visit.token);
    recorder_->service_done(instance.service(), agenda_.now(), agenda_.now() - visit.since, wasted);
    if (const auto next = instance.release(agenda_.now(), worker)) start(instance, number, *next);
    recorder_->service_changed(number, agenda_.now());
}

}  // namespace stampede::sim
