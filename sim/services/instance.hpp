#pragma once
/// One instance of a service: workers behind one bounded first-in, first-out queue, and the ways in which it can be
/// unwell.
///
/// It knows nothing of events or of the network: it is told of arrivals and of workers that are done, and answers what
/// becomes of them. Work on a call whose client has given up goes on to its end.

#include <cstdint>
#include <optional>
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

/// A worker begins to serve a call.
struct Start {
    std::uint32_t worker = 0;
    Duration takes{};
    Duration waited{};  ///< in the queue
};

class Instance {
public:
    /// What becomes of an arrival.
    enum class Reception : std::uint8_t { started, queued, answered, dropped };
    struct Arrival {
        Reception reception{};
        Outcome answer{};  ///< of `answered`
        Start start{};     ///< of `started`
    };

    /// Which instance of which service it is tells its random streams from those of others.
    struct Identity {
        std::uint64_t seed;
        std::uint16_t service;
        std::uint16_t number;
    };
    Instance(const scenarios::ServiceSettings& settings, const Identity& identity, std::uint16_t zone);

    [[nodiscard]] Arrival arrive(Instant now, std::uint32_t call, std::uint32_t token);
    /// What the worker serves.
    [[nodiscard]] const Visit& serving(std::uint32_t worker) const noexcept { return serving_[worker]; }
    /// How the work of a worker that is done turned out.
    [[nodiscard]] Outcome draw_answer();
    /// The worker is free: it takes the head of the queue, if there is one.
    [[nodiscard]] std::optional<Start> release(Instant now, std::uint32_t worker);

    [[nodiscard]] std::uint16_t service() const noexcept { return service_; }
    [[nodiscard]] std::uint16_t number() const noexcept { return number_; }
    [[nodiscard]] std::uint16_t zone() const noexcept { return zone_; }
    [[nodiscard]] std::uint32_t workers() const noexcept { return workers_; }
    [[nodiscard]] std::uint32_t busy() const noexcept { return workers_ - static_cast<std::uint32_t>(idle_.size()); }
    [[nodiscard]] std::uint32_t queued() const noexcept { return static_cast<std::uint32_t>(queue_.size()); }

    // The platform's word on whether the instance's host is up.
    void set_host_up(bool up) noexcept { host_up_ = up; }

    // What faults do to it, by the fault's number; they may overlap.
    Afflictions<scenarios::OutageMode> outages;           ///< the one begun last decides
    Afflictions<scenarios::ErrorSettings> error_sources;  ///< the service's own first
    Afflictions<double> slowdowns;                        ///< factors of service times; they multiply

private:
    [[nodiscard]] Start start(std::uint32_t worker, Instant now, const Visit& visit);

    std::uint16_t service_;
    std::uint16_t number_;
    std::uint16_t zone_;
    bool host_up_ = true;
    std::uint32_t workers_;
    std::uint32_t queue_limit_;
    Sampler usual_time_;
    std::vector<Visit> serving_;  ///< by worker
    std::vector<std::uint32_t> idle_;
    Ring<Visit> queue_;
    Stream time_stream_;
    Stream error_stream_;
};

}  // namespace stampede::sim
