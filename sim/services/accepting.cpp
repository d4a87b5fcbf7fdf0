/// How instances accept connections.

#include "sim/services/backend.hpp"

namespace stampede::sim {

using scenarios::BacklogOverflow;
using scenarios::OutageMode;

Instance::Manner Instance::manner() const noexcept {
    if (!outages.empty()) {
        switch (outages.latest()) {
            case OutageMode::blackhole:
                return Manner::keeps_silent;
            case OutageMode::refuse:
            case OutageMode::reset:
                return Manner::refuses;
            case OutageMode::error:
                break;
        }
    }
    return up_ ? Manner::answers : Manner::refuses;
}

void Backend::connect(const Event& event) {
    Instance& instance = instances_[event.place];
    const Visit visit{event.subject, event.token, agenda_.now()};
    const Instance::Manner manner = instance.manner();
    if (manner == Instance::Manner::keeps_silent) return;
    if (manner == Instance::Manner::refuses) return frontend_.answer(event.place, visit, Outcome::unavailable);
    Backlog* backlog = instance.backlog();
    if (backlog == nullptr) return frontend_.connection_accepted(event.place, visit);
    if (!backlog->push(visit, instance.paused())) {
        if (backlog->settings().when_full == BacklogOverflow::refuse)
            frontend_.answer(event.place, visit, Outcome::unavailable);
        return;
    }
    frontend_.connection_waits(visit);
    if (!backlog->accepting()) accept_waiting(event.place);
}

/// Those that take no time all at once, else the next.
void Backend::accept_waiting(std::uint16_t number) {
    Instance& instance = instances_[number];
    Backlog* backlog = instance.backlog();
    if (backlog == nullptr || instance.paused()) return;
    const Duration takes = backlog->settings().accept_time;
    while (!backlog->empty()) {
        backlog->begin();
        if (takes > Duration::zero())
            return agenda_.after(
                takes, {.kind = EventKind::connection_accepted, .place = number, .token = backlog->generation()});
        frontend_.connection_accepted(number, backlog->accept());
    }
}

void Backend::connection_accepted(const Event& event) {
    Backlog& backlog = *instances_[event.place].backlog();
    if (event.token != backlog.generation()) return;
    frontend_.connection_accepted(event.place, backlog.accept());
    accept_waiting(event.place);
}

}  // namespace stampede::sim
