#pragma once
/// All services of a run at work: what becomes of attempts that reach them, and the calls that they make themselves.

#include <cstdint>
#include <span>
#include <vector>

#include "policies/core/layer.hpp"
#include "scenarios/format/scenario.hpp"
#include "sim/clients/call_pool.hpp"
#include "sim/kernel/agenda.hpp"
#include "sim/measure/recorder.hpp"
#include "sim/services/instance.hpp"
#include "sim/services/jobs.hpp"
#include "sim/services/service.hpp"

namespace stampede::sim {

/// What the services ask of the run around them.
class Frontend {
public:
    /// Sends the instance's answer to whoever made the call, over the network.
    virtual void answer(std::uint16_t instance, const Visit& visit, Outcome outcome) = 0;
    /// Starts a call of a service. It may end before this returns.
    virtual void begin_call(std::uint16_t caller, std::uint32_t job, std::uint32_t member, const CallFacts& facts) = 0;

protected:
    ~Frontend() = default;
};

class Backend {
public:
    /// The callers of services are numbered on from the populations.
    Backend(const scenarios::Scenario& scenario, std::uint64_t seed, Frontend& frontend, Agenda& agenda,
            CallPool& calls);

    [[nodiscard]] const std::vector<Service>& services() const noexcept { return services_; }
    [[nodiscard]] std::vector<Instance>& instances() noexcept { return instances_; }
    [[nodiscard]] const std::vector<Instance>& instances() const noexcept { return instances_; }
    /// Must be told before the first event.
    void set_recorder(Recorder& recorder) noexcept { recorder_ = &recorder; }

    // Attempts on their way; each is told once to have been sent, and once to have ended, whatever became of it.
    [[nodiscard]] std::uint16_t attempt_sent(std::size_t service, const CallFacts& facts) {
        const std::uint16_t instance = services_[service].choose(facts.host, under_way_);
        ++under_way_[instance];
        return instance;
    }
    void attempt_ended(std::uint16_t instance) noexcept { --under_way_[instance]; }

    // Events.
    void arrive(const Event& event);
    void worker_done(const Event& event);
    void job_begins(std::uint32_t job) { advance(job); }
    void job_worked(std::uint32_t job);

    /// A call that a service made has ended.
    void call_ended(std::uint16_t caller, std::uint32_t job, Outcome outcome);
    [[nodiscard]] Stream& policies_stream(std::uint32_t job) noexcept { return policies_[jobs_[job].instance]; }
    [[nodiscard]] std::uint16_t zone_of_job(std::uint32_t job) const noexcept {
        return instances_[jobs_[job].instance].zone();
    }

private:
    void start(Instance& instance, std::uint16_t number, const Start& start);
    void release(Instance& instance, std::uint16_t number, std::uint32_t worker);
    [[nodiscard]] std::uint32_t begin_job(std::uint16_t instance, std::uint32_t worker);
    void advance(std::uint32_t job);
    void begin_step(std::uint32_t job);
    void begin_calls(std::uint32_t job, const Edge& edge);
    void end_job(std::uint32_t job);
    [[nodiscard]] const CallPlan& plan_of(const Instance& instance) const noexcept {
        return services_[instance.service()].plan();
    }

    Frontend& frontend_;
    Agenda& agenda_;
    CallPool& calls_;
    Recorder* recorder_ = nullptr;
    std::vector<Service> services_;
    std::vector<Instance> instances_;
    std::vector<std::uint32_t> under_way_;  ///< by instance: attempts sent to it that have not ended
    std::vector<Stream> policies_;          ///< by instance: for the calls that it makes
    std::vector<Stream> choices_;           ///< by instance: which calls it makes
    JobPool jobs_;
};

}  // namespace stampede::sim
