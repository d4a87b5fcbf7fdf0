#pragma once
/// Work and flows that SimGrid carries out: calls in service on the cores of a host (`Exec`), messages that share the
/// bandwidth of links (`Comm`).
///
/// Whatever ends posts an event to the agenda. The agenda is asked to look here when SimGrid's models foresee the next
/// end, so that SimGrid's clock moves only then and when something begins. Every step of SimGrid is linear in what
/// shares a host or a link with what begins or ends; see docs/decisions.

#include <cstdint>
#include <memory>

#include "policies/core/time.hpp"
#include "sim/kernel/agenda.hpp"

namespace simgrid::s4u {
class Host;
}

namespace stampede::sim {

class Activities {
public:
    /// One at a time in a process, beside the platform.
    explicit Activities(Agenda& agenda);
    Activities(const Activities&) = delete;
    Activities& operator=(const Activities&) = delete;
    ~Activities();

    /// Sends so many bytes; `arrival` comes `then` after the flow's end. Nothing comes where a link on the way fails.
    void start_flow(simgrid::s4u::Host& from, simgrid::s4u::Host& to, double bytes, const Event& arrival,
                    Duration then);
    /// Needs so many seconds of a core of the host at its full speed; `done` comes at its end.
    void start_work(simgrid::s4u::Host& host, double core_s, const Event& done);
    /// So many cores of the host are not there for work, on behalf of this place; 0 gives them back. The last word of a
    /// place holds, whenever the host is up.
    void take_cores(simgrid::s4u::Host& host, std::uint16_t place, double cores);
    /// Work whose `done` is about this place (and subject) is given up, or stands still for a while.
    void stop_work(std::uint16_t place);
    void stop_work(std::uint16_t place, std::uint32_t subject);
    void suspend_work(std::uint16_t place);
    void resume_work(std::uint16_t place);

    /// An event of kind activity_due.
    void look(const Event& event);
    [[nodiscard]] std::size_t under_way() const noexcept;

private:
    struct State;
    template <class Which, class Act>
    void for_work(Which&& which, Act&& act);
    void occupy(std::size_t claim);
    void foresee();

    Agenda& agenda_;
    std::unique_ptr<State> state_;
};

/// Moves SimGrid's clock on to `now`, unless it is there.
void advance_simgrid(Instant now);
/// The same, by SimGrid's own clock.
void advance_simgrid(double seconds);

}  // namespace stampede::sim
