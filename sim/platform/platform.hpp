#pragma once
/// The machines and the network between their zones, on SimGrid: it answers how long a message takes and which hosts
/// are up.
///
/// SimGrid's own clock is advanced lazily: only when a host changes state or its state is asked for at a new time.
/// Where the scenario names a SimGrid platform file, its zones are hosts of that file: their routes, states, speeds and
/// latencies are SimGrid's, and change as the file's profiles say.
/// There is one engine a process, so there is one platform a process.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "policies/core/time.hpp"
#include "scenarios/format/scenario.hpp"

namespace simgrid::s4u {
class Host;
}

namespace stampede::sim {

/// The place of a zone among `network.zones`; of an empty name, the first.
[[nodiscard]] std::uint16_t zone_number(const scenarios::NetworkSettings& network, const std::string& name);

/// What is said of the way from one zone to another, or what is usual.
[[nodiscard]] const scenarios::WaySettings& way_between(const scenarios::NetworkSettings& network, std::size_t from,
                                                        std::size_t to);

struct PlatformFault;

class Platform {
public:
    /// A gate for each zone, a link for each pair of zones, and a host for each instance of each service, numbered on
    /// from service to service. Throws std::logic_error if this process has had a platform already.
    explicit Platform(const scenarios::Scenario& scenario);
    Platform(const Platform&) = delete;
    Platform& operator=(const Platform&) = delete;
    ~Platform();

    /// At least one.
    [[nodiscard]] std::uint16_t zones() const noexcept;
    /// One-way latency of the route from one zone's gate to another's (or within one): the sum over its links. A shared
    /// way with jitter is shorter by the jitter: the rest comes after the flow.
    [[nodiscard]] Duration latency(std::size_t from, std::size_t to) const;

    /// Where flows of a zone begin and end, and where work of an instance is done.
    [[nodiscard]] simgrid::s4u::Host& gate(std::size_t zone) const;
    [[nodiscard]] simgrid::s4u::Host& host_of(std::size_t instance) const;

    [[nodiscard]] bool is_from_file() const noexcept;
    /// When hosts of the file change within the run, in seconds by SimGrid's clock: it has to be advanced then.
    [[nodiscard]] std::span<const double> changes() const noexcept;
    /// What the file's profiles do within the run.
    [[nodiscard]] std::span<const PlatformFault> faults() const noexcept;
    /// A way of a platform from a file, at present. It is open where its links and the hosts at
    /// its ends are up: a host that is off answers nothing.
    struct Way {
        Duration latency;
        bool is_open;
    };
    [[nodiscard]] Way way(Instant now, std::size_t from, std::size_t to) const;

    /// Advances SimGrid to `now` and turns the instance's host on or off there, or only says so: of a host that is not
    /// the instance's alone, or that does work, which carries on.
    void set_host(Instant now, std::size_t instance, bool up);

    /// Called whenever an instance's host has gone up or down, whoever did it.
    void on_host_change(std::function<void(std::size_t instance, bool up)> callback);
    /// Called whenever the host of a file that an instance stands on has changed, and for each instance now. `speed` is
    /// a multiple of its full speed.
    void on_machine_change(std::function<void(std::size_t instance, bool up, double speed)> callback);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace stampede::sim
