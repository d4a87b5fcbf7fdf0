#pragma once

#include "sim/kernel/event.hpp"

namespace stampede::sim {

/// Who takes events from an agenda may have it tell of others on the way. This one wants to hear nothing.
struct NoAudience {
    /// An event was just taken from this queue, a Calendar or an EventLane: what comes `ahead` in it can be fetched
    /// from memory meanwhile.
    template <class Queue>
    void look_into(const Queue&) const noexcept {}
    /// Whether it is worth the search to have it `foresee` what will come.
    [[nodiscard]] bool looks_ahead() const noexcept { return false; }
    /// The event will come after a few others.
    void foresee(const Event&) const noexcept {}
    /// Whether nothing will come of the event any more, whatever happens: it may be left out.
    [[nodiscard]] bool is_stale(const Event&) const noexcept { return false; }
};

}  // namespace stampede::sim
