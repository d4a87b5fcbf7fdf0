#pragma once
/// Sees what the profiles of a platform file make of hosts and links while SimGrid's clock goes on.

#include <string>
#include <vector>

#include "sim/platform/platform_file.hpp"

namespace simgrid::s4u {
class Host;
class Link;
}  // namespace simgrid::s4u

namespace stampede::sim {

/// SimGrid 3.32 tells of no change of a link's latency, so all is looked at again and again.
class PlatformWatch {
public:
    /// Of these hosts (null ones are passed over) and of the links between them, as they are when first looked at.
    explicit PlatformWatch(const std::vector<simgrid::s4u::Host*>& hosts);

    /// Between looks: a hundredth of a second, longer in runs of more than a thousand seconds.
    [[nodiscard]] static double step_s(double end_s);

    void look();
    /// In the order of their beginnings; what is not over by the end ends there.
    [[nodiscard]] std::vector<PlatformFault> faults(double end_s) const;

private:
    struct Quality {
        const simgrid::s4u::Host* host;  ///< null of a link's
        const simgrid::s4u::Link* link;
        std::string kind;
        std::string subject;
        double at_first;
        double since_s = -1;  ///< it has been worse, or negative
    };
    void add(const simgrid::s4u::Host* host, const simgrid::s4u::Link* link, const char* kind, std::string subject);

    bool has_looked_ = false;
    std::vector<Quality> qualities_;
    std::vector<PlatformFault> over_;
};

}  // namespace stampede::sim
