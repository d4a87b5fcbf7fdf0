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
#include "sim/platform/activities.hpp"
#include "sim/platform/platform.hpp"
#include "sim/services/instance.hpp"
#include "sim/services/jobs.hpp"
#include "sim/services/service.hpp"

namespace stampede::sim {

/// What the services ask of the run around them.
class Frontend {
public:
    /// Sends the instance's answer to whoever made the call, over the network. `retry_tenths`: when to come back, in
    /// tenths of a second; 0 says nothing.
    virtual void answer(std::uint16_t instance, const Visit& visit, Outcome outcome,
                        std::uint16_t retry_tenths = 0) = 0;
    /// Starts a call of a service. It may end before this returns.
    /// Answers the call's number.
    virtual std::uint32_t begin_call(std::uint16_t caller, std::uint32_t job, std::uint32_t member,
                                     const CallFacts& facts) = 0;
    /// Takes the call back if it is still made for that job.
    virtual void cancel_call(std::uint32_t call, std::uint32_t job) = 0;
    /// Its connection waits to be accepted: it need not be asked for again.
    virtual void connection_waits(const Visit& visit) = 0;
    /// To be told to whoever asked for it, over the network.
    virtual void connection_accepted(std::uint16_t instance, const Visit& visit) = 0;
    /// All connections with the instance that are not in use break. (Those in use end with their calls.)
    virtual void connections_broken(std::uint16_t instance) = 0;

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
    /// Where work is done whose service asks for it; must be told before the first event.
    void set_machines(const Platform& platform, Activities& activities) noexcept {
        platform_ = &platform;
        activities_ = &activities;
    }
    /// Schedules what comes of itself: pauses, decisions of autoscalers.
    void begin();

    // Attempts on their way; each is told once to have been sent, and once to have ended, whatever became of it.
    [[nodiscard]] std::uint16_t attempt_sent(std::size_t service, const CallFacts& facts) {
        const std::uint16_t instance = services_[service].choose(facts.host, under_way_);
        ++under_way_[instance];
        return instance;
    }
    void attempt_ended(std::uint16_t instance) noexcept { --under_way_[instance]; }

    // Events.
    void arrive(const Event& event);
    /// Somebody asks for a connection.
    void connect(const Event& event);
    void connection_accepted(const Event& event);
    void worker_done(const Event& event);
    void processor_done(const Event& event);
    void delayed_answer(const Event& event) {
        frontend_.answer(event.place, {event.subject, event.token, {}}, static_cast<Outcome>(event.detail));
    }
    void queue_timeout(const Event& event);
    void job_begins(const Event& event) {
        if (jobs_.is_current(event.subject, event.token)) advance(event.subject);
    }
    void given_up(const Event& event);
    void pause_begins(std::uint16_t number);
    void pause_ends(std::uint16_t number);
    void scale(std::uint16_t service);
    void instance_ready(std::uint16_t service);

    // What faults do besides what they do to an instance itself.
    /// All calls at the instance end with reset, those that wait unless the queue is kept.
    void reset_calls(std::uint16_t number, bool keeps_queue = false);
    /// The same, and it refuses connections until it has been restarted as often as stopped. A crash is a stop that
    /// nobody meant.
    void stop(std::uint16_t number, bool keeps_queue);
    void crash(std::uint16_t number, bool keeps_queue);
    void restart(std::uint16_t number);
    /// The balancer of its service passes it over until it has rejoined as often as left.
    void leave_balancer(std::uint16_t number);
    void rejoin_balancer(std::uint16_t number);
    /// To be called when `losses` of the instance have changed.
    void capacity_changed(std::uint16_t number);
    /// It stands still until as many resumes have come as pauses.
    void pause(std::uint16_t number);
    void resume(std::uint16_t number);

    /// The host that it stands on has gone down or come up, or works at another multiple of its full speed.
    void machine_changed(std::uint16_t number, bool up, double speed);

    /// A call that a service made has ended.
    void call_ended(std::uint16_t caller, std::uint32_t job, Outcome outcome);
    [[nodiscard]] Stream& policies_stream(std::uint32_t job) noexcept { return policies_[jobs_[job].instance]; }
    [[nodiscard]] const Instance& instance_of_job(std::uint32_t job) const noexcept {
        return instances_[jobs_[job].instance];
    }
    [[nodiscard]] std::uint16_t zone_of_job(std::uint32_t job) const noexcept {
        return instances_[jobs_[job].instance].zone();
    }

private:
    struct HostState {
        bool up = true;
        bool stops = false;
    };
    static constexpr std::uint32_t no_job = ~std::uint32_t{0};

    void start(Instance& instance, std::uint16_t number, const Start& start);
    void finish_work(Instance& instance, std::uint16_t number, std::uint32_t worker);
    /// The time of a pause has to be made up for: the worker is not done yet.
    [[nodiscard]] bool goes_on(Instance& instance, std::uint16_t number, std::uint32_t worker);
    void work(Instance& instance, std::uint16_t number, std::uint32_t worker, Duration takes);
    void work_on_host(Instance& instance, std::uint16_t number, std::uint32_t worker, Duration takes);
    void schedule_departure(std::uint16_t number);
    void release(Instance& instance, std::uint16_t number, std::uint32_t worker);
    void changed(Instance& instance, std::uint16_t number);
    void answer(Instance& instance, std::uint16_t number, const Visit& visit, Outcome outcome);
    void crash_of_itself(std::uint16_t number, Duration until_restart);
    void serve_queue(Instance& instance, std::uint16_t number);
    void accept_waiting(std::uint16_t number);
    void answer_turned_away(Instance& instance, std::uint16_t number);
    void end_jobs_of(std::uint16_t number);
    void cancel_calls(std::uint32_t job);
    void set_running(std::uint16_t service, std::uint32_t running);
    void schedule_pause(std::uint16_t number);
    void work_of_job_done(std::uint32_t job, Outcome answer);
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
    const Platform* platform_ = nullptr;
    Activities* activities_ = nullptr;
    std::vector<Service> services_;
    std::vector<Instance> instances_;
    std::vector<std::uint32_t> under_way_;   ///< by instance: attempts sent to it that have not ended
    std::vector<Stream> policies_;           ///< by instance: for the calls that it makes
    std::vector<Stream> choices_;            ///< by instance: which calls it makes
    std::vector<Stream> pause_streams_;      ///< by instance
    std::vector<std::uint32_t> departures_;  ///< by instance: number of the latest departure that was foreseen
    std::vector<HostState> hosts_;           ///< by instance: of the platform file's host that it stands on
    std::vector<Visit> lost_;                ///< kept for its memory
    JobPool jobs_;
    std::vector<std::vector<std::uint32_t>> calls_of_job_;  ///< made for it, in the order of their beginnings
    /// By instance and worker, where the service calls others: the job that the worker is at.
    std::vector<std::vector<std::uint32_t>> job_of_worker_;
};

}  // namespace stampede::sim
