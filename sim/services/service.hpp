#pragma once
/// A service: workers behind one bounded first-in, first-out queue, and the ways in which it can be unwell.
///
/// It knows nothing of events or of the network: it is told of arrivals and of workers that are done, and answers what
/// becomes of them. Work on a call whose client has given up goes on to its end.

#include <cstdint>
#include <vector>

#include "policies/core/outcome.hpp"
#include "policies/random/stream.hpp"
#include "scenarios/format/scenario.hpp"
#include "sim/kernel/ring.hpp"
#include "sim/kernel/sampler.hpp"
#include "sim/services/afflictions.hpp"

namespace stampede::sim {

/// An attempt as the service sees it.
struct Visit {
    std::uint32_t call = 0;
    std::uint32_t token = 0;
    Instant since{};  ///< of arrival while it waits, of its start while it is served
};

class Service {
public:
    /// What becomes of an arrival.
    enum class Reception : std::uint8_t { started, queued, answered, dropped };
    struct Arrival {
        Reception reception;
        Outcome answer;        ///< of `answered`
        std::uint32_t worker;  ///< of `started`
        Duration takes;        ///< of `started`
    };
    /// What a worker that is done leaves behind.
    struct Completion {
        Visit visit;
        Outcome answer;
        bool took_next;   ///< the worker goes on with the head of the queue
        Duration waited;  ///< of that next call
        Duration takes;
    };

    /// `number` tells this service's random streams from those of others.
    Service(const scenarios::ServiceSettings& settings, std::uint64_t seed, std::size_t number);

    [[nodiscard]] Arrival arrive(Instant now, std::uint32_t call, std::uint32_t token);
    [[nodiscard]] Completion done(Instant now, std::uint32_t worker);

    [[nodiscard]] std::uint32_t workers() const noexcept { return workers_; }
    [[nodiscard]] std::uint32_t busy() const noexcept { return workers_ - static_cast<std::uint32_t>(idle_.size()); }
    [[nodiscard]] std::uint32_t queued() const noexcept { return static_cast<std::uint32_t>(queue_.size()); }
    /// Calls a second that the workers can do at their usual speed.
    [[nodiscard]] double capacity_per_s() const noexcept { return workers_ / usual_mean_s_; }

    // The platform's word on whether the service's host is up.
    void set_host_up(bool up) noexcept { host_up_ = up; }

    // What faults do to it, by the fault's number; they may overlap.
    Afflictions<scenarios::OutageMode> outages;           ///< the one begun last decides
    Afflictions<scenarios::ErrorSettings> error_sources;  ///< the service's own first
    Afflictions<double> slowdowns;                        ///< factors of service times; they multiply

private:
    [[nodiscard]] Duration start(std::uint32_t worker, Instant now, std::uint32_t call, std::uint32_t token);
    [[nodiscard]] Outcome draw_answer();

    std::uint32_t workers_;
    std::uint32_t queue_limit_;
    Sampler usual_time_;
    double usual_mean_s_;
    bool host_up_ = true;
    std::vector<Visit> serving_;  ///< by worker
    std::vector<std::uint32_t> idle_;
    Ring<Visit> queue_;
    Stream time_stream_;
    Stream error_stream_;
};

}  // namespace stampede::sim
