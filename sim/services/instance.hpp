#pragma once
/// One instance of a service: workers behind one bounded queue, and the ways in which it can be unwell.
///
/// It knows nothing of events or of the network: it is told of arrivals and of workers that are done, and answers what
/// becomes of them. Work on a call whose client has given up goes on to its end, unless the service is cancellable.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "policies/core/layer.hpp"
#include "policies/core/outcome.hpp"
#include "policies/random/stream.hpp"
#include "scenarios/format/faults.hpp"
#include "scenarios/format/services.hpp"
#include "sim/clients/call_pool.hpp"
#include "sim/kernel/sampler.hpp"
#include "sim/services/ailments.hpp"
#include "sim/services/backlog.hpp"
#include "sim/services/processor.hpp"
#include "sim/services/queue.hpp"
#include "sim/services/stress.hpp"

namespace stampede::sim {

/// A worker begins to serve a call.
struct Start {
    std::uint32_t worker = 0;
    Duration takes{};
    Duration waited{};  ///< in the queue
};

class Instance : public Ailments {
public:
    /// What becomes of an arrival. `cached`: answered well without a worker, after `start.takes`.
    enum class Reception : std::uint8_t { started, queued, answered, dropped, cached };
    struct Arrival {
        Reception reception{};
        Outcome answer{};                ///< of `answered`
        Start start{};                   ///< of `started`
        std::uint16_t retry_tenths = 0;  ///< of `answered`: what is said on when to come back; 0 for nothing
        bool by_endpoint = false;        ///< of `answered`: the instance's process is there, its endpoint is not
    };

    /// Which instance of which service it is tells its random streams from those of others.
    struct Identity {
        std::uint64_t seed;
        std::uint16_t service;
        std::uint16_t number;
    };
    /// The settings must outlive it. `calls` is where deadlines and priorities are looked up.
    Instance(const scenarios::ServiceSettings& settings, const Identity& identity, std::uint16_t zone,
             const CallPool& calls);

    /// The attempt comes; `since` is now.
    [[nodiscard]] Arrival arrive(Visit visit);
    /// What the worker serves.
    [[nodiscard]] const Visit& serving(std::uint32_t worker) const noexcept { return serving_[worker].visit; }
    /// Changes when the worker's work is given up, so that its end can be told from that of other work.
    [[nodiscard]] std::uint32_t generation(std::uint32_t worker) const noexcept { return serving_[worker].generation; }
    /// How the work of a worker that is done turned out.
    [[nodiscard]] Outcome answer_of(std::uint32_t worker);
    /// The worker is free: it takes the head of the queue, if there is one.
    [[nodiscard]] std::optional<Start> release(Instant now, std::uint32_t worker);
    /// Calls that were turned away from the queue (overload) by the last arrival or release; to be taken and cleared.
    [[nodiscard]] std::vector<Visit>& turned_away() noexcept { return turned_away_; }
    /// The call has waited for the queue's timeout: answers whether it still waited, and is out now.
    [[nodiscard]] bool expire(std::uint32_t call, std::uint32_t token) { return queue_.expire(call, token); }

    [[nodiscard]] std::uint16_t service() const noexcept { return service_; }
    [[nodiscard]] std::uint16_t number() const noexcept { return number_; }
    [[nodiscard]] std::uint16_t zone() const noexcept { return zone_; }
    [[nodiscard]] std::uint32_t workers() const noexcept { return workers_; }
    [[nodiscard]] std::uint32_t busy() const noexcept {
        return workers_ - static_cast<std::uint32_t>(idle_.size() + away_.size());
    }
    [[nodiscard]] std::uint32_t queued() const noexcept { return queue_.size(); }
    /// What it does when somebody asks for a connection.
    enum class Manner : std::uint8_t { answers, refuses, keeps_silent };
    [[nodiscard]] Manner manner() const noexcept;
    /// Null where all connections are accepted at once.
    [[nodiscard]] Backlog* backlog() noexcept { return backlog_.get(); }
    /// Calls in service share the cores of the platform's host.
    [[nodiscard]] bool works_on_host() const noexcept { return works_on_host_; }
    /// Where calls in service share cores here; null where each worker is its own.
    [[nodiscard]] Processor* processor() noexcept { return processor_.get(); }

    // ── Upsets, in upsets.cpp ────────────────────────────────────────────────────────────────────────────────────

    /// The platform's word on whether the instance's host is up.
    void set_host_up(bool up) noexcept {
        host_up_ = up;
        up_ = host_up_ && process_up();
    }
    /// What is in service goes to `lost`, and what waits unless that is kept.
    void drop_work(Instant now, bool keeps_queue, std::vector<Visit>& lost);
    /// The process is gone: it refuses connections until as many restarts have come as stops.
    void stop() noexcept {
        ++stops_;
        up_ = false;
    }
    void restart(Instant now);
    /// Empties its cache and starts its warm-up.
    void become_cold(Instant now);
    [[nodiscard]] bool process_up() const noexcept { return stops_ == 0; }
    /// An idle worker for which a call waits; it is no longer idle then.
    [[nodiscard]] std::optional<std::uint32_t> call_worker();
    /// Workers leave or come back by what `losses` say. Those busy leave when they are done. Cores change at once;
    /// those of a host are not the instance's to change.
    void adapt_capacity(Instant now);
    /// Of its processor, by what `losses` say.
    [[nodiscard]] double lost_cores() const noexcept { return cores_ * lost_share(); }
    /// A worker that has come back; it is not idle yet.
    [[nodiscard]] std::optional<std::uint32_t> returning_worker();
    /// What is added to the way of an answer. Draws.
    [[nodiscard]] bool may_answer_late() const noexcept { return !latencies.empty() || !endpoints_.empty(); }
    [[nodiscard]] Duration answer_delay(const Visit& visit);
    /// The queue has grown to where it kills the process.
    [[nodiscard]] bool is_overgrown() const noexcept { return queue_.size() >= crash_at_; }
    /// Stands still: what is in service ends later by the time of the pause; arrivals wait, for as long as there is
    /// room.
    void pause(Instant now);
    /// Answers whether it goes on now: pauses may overlap.
    [[nodiscard]] bool resume(Instant now);
    [[nodiscard]] bool paused() const noexcept { return pauses_.paused(); }
    [[nodiscard]] bool was_paused() const noexcept { return pauses_.used(); }
    /// What the worker has missed by pauses since it was asked last, and has to make up for.
    [[nodiscard]] Duration owed(Instant now, std::uint32_t worker);
    /// A worker whose time has come during a pause: it goes on, for what it owes, when the pause is over.
    struct Parked {
        std::uint32_t worker;
        Duration owed;
    };
    [[nodiscard]] std::vector<Parked>& parked() noexcept { return parked_; }
    /// The worker that serves this call, which is given up: its generation moves on. O(workers).
    [[nodiscard]] std::optional<std::uint32_t> give_up(Instant now, std::uint32_t call, std::uint32_t token);
    /// It stays empty until it has been filled as often.
    void empty_cache() noexcept {
        if (stress_ && stress_->cache) stress_->cache->empty();
    }
    void fill_cache(Instant now) noexcept {
        if (stress_ && stress_->cache) stress_->cache->fill(now);
    }

    /// What faults of one endpoint act on, by its number; of the instance itself for 0.
    [[nodiscard]] Ailments& ailments(std::uint8_t endpoint) noexcept {
        return endpoint == 0 ? static_cast<Ailments&>(*this) : endpoints_[endpoint - 1U];
    }
    Afflictions<double> losses;  ///< shares of the workers that are away; they add up

private:
    struct Serving {
        Visit visit;
        std::uint32_t generation = 0;
        Outcome answer{};  ///< where it is known at the start, because errors take another time
    };

    [[nodiscard]] double lost_share() const noexcept;
    [[nodiscard]] Arrival enqueue(const Visit& visit);
    [[nodiscard]] Start start(std::uint32_t worker, Instant now, const Visit& visit);
    [[nodiscard]] Duration altered(Duration takes, Instant now, std::uint32_t worker);
    [[nodiscard]] Duration slowed(Duration takes, Instant now);
    [[nodiscard]] Duration added_latency(const Ailments& of, bool holds_worker);
    [[nodiscard]] Outcome draw_answer();
    [[nodiscard]] std::optional<Outcome> draw_error(const scenarios::ErrorSettings& source);

    // Where the service has endpoints, in endpoints.cpp.
    void make_endpoints(const scenarios::ServiceSettings& settings);
    /// Draws one for a visit that names none. Answers where that endpoint takes no calls.
    [[nodiscard]] std::optional<Arrival> stop_at_endpoint(Visit& visit);
    [[nodiscard]] Start start_at_endpoint(std::uint32_t worker, Instant now, Duration waited);
    [[nodiscard]] Outcome draw_answer(const EndpointState& endpoint);
    [[nodiscard]] EndpointState& endpoint_of(const Visit& visit) noexcept { return endpoints_[visit.endpoint - 1U]; }

    // Parts that look at every call, in gate.cpp; only where the scenario asks for any.
    [[nodiscard]] std::optional<Arrival> stop_at_gate(const Visit& visit);
    [[nodiscard]] Arrival enqueue_by_rules(const Visit& visit);
    [[nodiscard]] bool drops_early();
    [[nodiscard]] bool would_be_late(const Visit& visit) const;
    [[nodiscard]] std::uint8_t priority_of(const Visit& visit) const;
    [[nodiscard]] std::optional<Visit> next_worth_serving(Instant now);

    std::uint16_t service_;
    std::uint16_t number_;
    std::uint16_t zone_;
    bool up_ = true;  ///< host and process are
    bool host_up_ = true;
    std::uint32_t stops_ = 0;  ///< of the process, without a restart yet
    bool works_on_host_ = false;
    std::uint32_t workers_;
    std::uint32_t present_;      ///< workers that there are to be
    std::uint32_t leaving_ = 0;  ///< workers that leave when they are done
    std::uint32_t queue_limit_;
    std::uint32_t crash_at_;
    double usual_mean_s_;
    double cores_;  ///< of its processor
    const CallPool& calls_;
    Sampler usual_time_;
    std::optional<Sampler> error_time_;
    std::vector<Serving> serving_;  ///< by worker
    std::vector<std::uint32_t> idle_;
    std::vector<std::uint32_t> away_;
    Queue queue_;
    Stream time_stream_;
    Stream error_stream_;
    Stream gate_stream_;
    Stream latency_stream_;
    std::unique_ptr<Stress> stress_;
    std::unique_ptr<Processor> processor_;
    std::vector<Visit> turned_away_;
    std::unique_ptr<Backlog> backlog_;
    std::vector<EndpointState> endpoints_;
    PauseClock pauses_;
    std::vector<Duration> pause_marks_;  ///< by worker: how long the instance had stood still when it was asked last
    std::vector<Parked> parked_;
};

}  // namespace stampede::sim
