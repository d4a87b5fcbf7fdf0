#pragma once
/// Sees what the profiles of a platform file make of hosts and links while SimGrid's clock goes on.

#include <string>
#include <unordered_map>
#include <vector>

#include "sim/platform/platform_file.hpp"

namespace simgrid::s4u {
class Host;
class Link;
}  // namespace simgrid::s4u

namespace stampede::sim {

/// SimGrid tells of every state, speed and bandwidth that changes. Of latencies it tells nothing (3.32): where they may
/// change they are looked at again and again.
class PlatformWatch {
public:
    /// Of these hosts (null ones are passed over) and of the links between them, compared with what they are now. It
    /// must not go away before the engine's last step.
    explicit PlatformWatch(const std::vector<simgrid::s4u::Host*>& hosts);
    PlatformWatch(const PlatformWatch&) = delete;
    PlatformWatch& operator=(const PlatformWatch&) = delete;

    /// Between looks: a hundredth of a second, longer in runs of more than a thousand seconds.
    [[nodiscard]] static double step_s(double end_s);

    void look_at_latencies();
    /// In the order of their beginnings; what is not over by the end ends there.
    [[nodiscard]] std::vector<PlatformFault> faults(double end_s) const;

private:
    enum class Kind : std::uint8_t { outage, slowdown, latency, bandwidth };
    struct Quality {
        const simgrid::s4u::Host* host;  ///< null of a link's
        const simgrid::s4u::Link* link;
        Kind kind;
        double at_first = 0;
        double since_s = -1;  ///< it has been worse, or negative
    };
    struct Worse {
        std::size_t quality;
        double begin_s;
        double end_s;
    };
    [[nodiscard]] static double value_of(const Quality& quality);
    void add(const simgrid::s4u::Host* host, const simgrid::s4u::Link* link, Kind kind);
    void look(std::size_t quality, double now);
    void changed(const void* what);
    [[nodiscard]] PlatformFault told(const Worse& worse) const;

    std::vector<Quality> qualities_;                       ///< those of one host or link one after another
    std::unordered_map<const void*, std::size_t> places_;  ///< of the first quality of a host or link
    std::vector<Worse> over_;
};

}  // namespace stampede::sim
