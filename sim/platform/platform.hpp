#pragma once
/// The machines and the network between them, on SimGrid: it answers how long a message takes and which hosts are up.
///
/// SimGrid's own clock is advanced lazily: only when a host changes state or its state is asked for at a new time.
/// There is one engine a process, so there is one platform a process.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "policies/core/time.hpp"
#include "scenarios/format/scenario.hpp"

namespace stampede::sim {

class Platform {
public:
    /// One host for each population and each service, and a link with the network's latency from each population to the
    /// service that it calls.
    /// Throws std::logic_error if this process has had a platform already.
    explicit Platform(const scenarios::Scenario& scenario);
    Platform(const Platform&) = delete;
    Platform& operator=(const Platform&) = delete;
    ~Platform();

    /// One-way latency of the route from a population's host to the service that it calls: the sum over its links.
    [[nodiscard]] Duration latency(std::size_t population, std::size_t service) const;

    /// Advances SimGrid to `now` and turns the service's host on or off there.
    void set_service_host(Instant now, std::size_t service, bool up);

    /// Called whenever a service's host has gone up or down, whoever did it.
    void on_service_host_change(std::function<void(std::size_t service, bool up)> callback);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace stampede::sim
