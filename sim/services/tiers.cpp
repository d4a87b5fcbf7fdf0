/// Calls that services make for the calls that they serve.

#include "sim/services/backend.hpp"

namespace stampede::sim {

std::uint32_t Backend::begin_job(std::uint16_t instance, std::uint32_t worker) {
    ServiceJob job;
    job.visit = instances_[instance].serving(worker);
    const Call& call = calls_.call(job.visit.call);
    // Whoever has given up has no deadline to keep any more: it counts as over.
    const bool waits = call.in_flight(job.visit.token);
    job.deadline = waits ? call.facts().deadline : agenda_.now();
    job.priority = waits ? call.facts().priority : std::uint8_t{0};
    job.worker = worker;
    job.instance = instance;
    const std::uint32_t number = jobs_.add(job);
    job_of_worker_[instance][worker] = number;
    if (calls_of_job_.size() <= number) calls_of_job_.resize(number + 1);
    calls_of_job_[number].clear();
    return number;
}

void Backend::work_of_job_done(std::uint32_t number, Outcome answer) {
    jobs_[number].worked = true;
    jobs_[number].failed = answer != Outcome::success;
    advance(number);
}

/// Goes on to the next step whose calls take time, or to the end.
void Backend::advance(std::uint32_t number) {
    const CallPlan& plan = plan_of(instances_[jobs_[number].instance]);
    while (true) {
        ServiceJob& job = jobs_[number];
        if (job.worked && job.step < plan.steps_before()) job.step = static_cast<std::uint16_t>(plan.steps_before());
        if (job.failed || (job.worked && job.step == plan.steps())) return end_job(number);
        if (!job.worked && job.step == plan.steps_before()) {
            return work(instances_[job.instance], job.instance, job.worker, job.takes);
        }
        begin_step(number);
        if (jobs_[number].pending > 0) return;
    }
}

/// Calls may end at once: one more than there are is pending until all have begun.
void Backend::begin_step(std::uint32_t number) {
    const ServiceJob& job = jobs_[number];
    const auto edges = plan_of(instances_[job.instance]).step(job.step);
    ++jobs_[number].step;
    jobs_[number].pending = 1;
    for (const Edge& edge : edges) begin_calls(number, edge);
    --jobs_[number].pending;
}

void Backend::begin_calls(std::uint32_t number, const Edge& edge) {
    const std::uint16_t instance = jobs_[number].instance;
    CallFacts facts;
    facts.priority = jobs_[number].priority & 0x7fU;
    facts.for_retry = edge.propagates_retry && jobs_[number].visit.is_retry;
    if (edge.propagates_deadline) {
        facts.deadline = jobs_[number].deadline;
        if (facts.deadline <= agenda_.now()) {
            jobs_[number].failed = jobs_[number].failed || !edge.optional;
            return;
        }
    }
    for (std::uint32_t i = 0; i < edge.count; ++i) {
        if (edge.probability < 1 && choices_[instance].uniform() >= edge.probability) continue;
        ++jobs_[number].pending;
        const std::uint32_t call = frontend_.begin_call(edge.caller, number, instances_[instance].number(), facts);
        calls_of_job_[number].push_back(call);
    }
}

void Backend::call_ended(std::uint16_t caller, std::uint32_t number, Outcome outcome) {
    ServiceJob& job = jobs_[number];
    const Edge& edge = plan_of(instances_[job.instance]).edge(caller);
    if (!is_answer(outcome) && !edge.optional) job.failed = true;
    if (--job.pending == 0) advance(number);
}

void Backend::end_job(std::uint32_t number) {
    const ServiceJob job = jobs_[number];
    jobs_.remove(number);
    if (job.worker != ServiceJob::no_worker) release(instances_[job.instance], job.instance, job.worker);
    answer(instances_[job.instance], job.instance, job.visit, job.failed ? Outcome::transient : Outcome::success);
}

}  // namespace stampede::sim
